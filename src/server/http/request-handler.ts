import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { durationMs } from '../../workspace/index.ts';
import type { Exchange } from '../routes/route.ts';
import type { Service } from '../service.ts';
import { Problem } from './problem.ts';
import { isDefect, problemOf } from './problem-of.ts';
import type { Router } from './router.ts';
import { writeProblem } from './write-answer.ts';

/**
 * Finds the route of each request, and answers whatever it throws.
 * @param defect told of what is no fault of the request's
 */
export function requestHandler(
  service: Service,
  route: Router,
  defect: (error: unknown, path: string) => void,
): RequestListener {
  const { clock, metrics } = service;
  return (request, response) => {
    const started = clock.elapsed();
    const { method = 'GET', url = '/' } = request;
    const mark = url.indexOf('?');
    const path = mark < 0 ? url : url.slice(0, mark);
    // Of addresses that there are not, anybody could send as many as memory holds.
    let counted = 'none';
    let answerProblem = writeProblem;
    const done = () =>
      metrics.request(counted, method, response.statusCode, (clock.elapsed() - started) / 1000);
    const fail = (error: unknown) => {
      if (isDefect(error)) defect(error, path);
      answerProblem(response, problemOf(error));
      done();
    };
    try {
      if (service.stopping) response.shouldKeepAlive = false;
      const found = route(method, path);
      counted = found.route.path;
      answerProblem = found.route.writeProblem ?? writeProblem;
      const who = service.authorize(found.route.scope, request);
      const limit = Math.min(durationMs(service.settings.request_limit), askedLimit(request));
      const exchange = new OpenExchange(request, response, {
        parameters: found.parameters,
        who,
        deadline: clock.now() + limit,
        queryText: mark < 0 ? '' : url.slice(mark + 1),
      });
      const answered = found.route.handle(service, exchange);
      if (answered === undefined) done();
      else answered.then(done, fail);
    } catch (error) {
      fail(error);
    }
  };
}

interface Asked extends Pick<Exchange, 'parameters' | 'who' | 'deadline'> {
  readonly queryText: string;
}

class OpenExchange implements Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly parameters: Exchange['parameters'];
  readonly who: string;
  readonly deadline: number;
  readonly #queryText: string;

  constructor(request: IncomingMessage, response: ServerResponse, asked: Asked) {
    this.request = request;
    this.response = response;
    this.parameters = asked.parameters;
    this.who = asked.who;
    this.deadline = asked.deadline;
    this.#queryText = asked.queryText;
  }

  get query(): URLSearchParams {
    return new URLSearchParams(this.#queryText);
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
