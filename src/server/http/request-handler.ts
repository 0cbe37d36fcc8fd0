import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Clock } from '../../platform/clock.ts';
import type { Exchange, Route } from '../routes/route.ts';
import type { Service } from '../service.ts';
import { Problem } from './problem.ts';
import { isDefect, problemOf } from './problem-of.ts';
import type { Router } from './router.ts';
import { writeProblem } from './write-answer.ts';

export interface HandlerHooks {
  readonly service: Service;
  readonly route: Router;
  readonly clock: Clock;
  /** @throws Problem 401 or 403 when the request may not use the route */
  readonly authorize: (route: Route, request: IncomingMessage) => void;
  /** Longest time for an answer, milliseconds. */
  readonly limitMs: () => number;
  readonly defect: (error: unknown, path: string) => void;
}

/** Finds the route of each request, and answers whatever it throws. */
export function requestHandler(hooks: HandlerHooks): RequestListener {
  const { service, route, clock, authorize, limitMs, defect } = hooks;
  return (request, response) => {
    const url = request.url ?? '/';
    const mark = url.indexOf('?');
    const path = mark < 0 ? url : url.slice(0, mark);
    const fail = (error: unknown) => {
      if (isDefect(error)) defect(error, path);
      writeProblem(response, problemOf(error));
    };
    try {
      if (service.stopping) response.shouldKeepAlive = false;
      const found = route(request.method ?? 'GET', path);
      authorize(found.route, request);
      const deadline = clock.now() + Math.min(limitMs(), askedLimit(request));
      const done = found.route.handle(
        service,
        new OpenExchange(request, response, found.parameters, mark < 0 ? '' : url.slice(mark + 1), deadline),
      );
      if (done !== undefined) done.catch(fail);
    } catch (error) {
      fail(error);
    }
  };
}

class OpenExchange implements Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly parameters: Exchange['parameters'];
  readonly deadline: number;
  readonly #query: string;

  constructor(
    request: IncomingMessage,
    response: ServerResponse,
    parameters: Exchange['parameters'],
    query: string,
    deadline: number,
  ) {
    this.request = request;
    this.response = response;
    this.parameters = parameters;
    this.#query = query;
    this.deadline = deadline;
  }

  get query(): URLSearchParams {
    return new URLSearchParams(this.#query);
  }
}

/** Milliseconds that the client waits, by its Request-Timeout header (seconds). @throws Problem 400 when it is no number */
function askedLimit(request: IncomingMessage): number {
  const header = request.headers['request-timeout'];
  if (header === undefined) return Number.POSITIVE_INFINITY;
  const seconds = Number(header);
  if (seconds > 0) return seconds * 1000;
  throw new Problem(400, { detail: 'Request-Timeout is a number of seconds above 0' });
}
