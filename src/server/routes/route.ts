import type { IncomingMessage, ServerResponse } from 'node:http';
import type { z } from 'zod';
import type { ServeScope } from '../../workspace/index.ts';
import type { Problem } from '../http/problem.ts';
import type { BodyName } from '../openapi/json-schema.ts';
import type { Service } from '../service.ts';

/** One request and the way to answer it. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** What stands in the path where the route has `{name}`. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Who asks: the name of the key. */
  readonly who: string;
  /** Epoch milliseconds after which nobody waits for the answer. */
  readonly deadline: number;
}

export interface Route {
  readonly method: 'GET' | 'POST';
  /** Such as `/predictions/{id}`. */
  readonly path: string;
  /** Of a key that may use it; `open` needs none. */
  readonly scope: ServeScope | 'open';
  readonly summary: string;
  /** What its body may be; none where it takes none. */
  readonly body?: BodyName;
  /** Whether its rows may come as CSV with a header too. */
  readonly takesCsv?: boolean;
  /** What it answers as JSON. */
  readonly answer?: z.ZodType;
  /** Where that is no JSON. */
  readonly answerType?: string;
  /** How its protocol tells of errors; by default as RFC 9457 has it. */
  readonly writeProblem?: (response: ServerResponse, problem: Problem) => void;
  /** @throws Problem, or another error, to be answered as such */
  handle(service: Service, exchange: Exchange): void | Promise<void>;
}
