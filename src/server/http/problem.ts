import { STATUS_CODES } from 'node:http';

/** One thing that is wrong with the request, and where: a JSON pointer into its body (RFC 6901). */
export interface FieldFault {
  readonly pointer: string;
  readonly detail: string;
}

export interface ProblemText {
  readonly detail: string;
  readonly errors?: readonly FieldFault[];
  /** Seconds after which the same request may succeed. */
  readonly retryAfter?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request that is answered with an error, as RFC 9457 has it. */
export class Problem extends Error {
  readonly status: number;
  readonly errors: readonly FieldFault[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, { detail, errors = [], retryAfter, headers = {} }: ProblemText) {
    super(detail);
    this.status = status;
    this.errors = errors;
    this.headers = retryAfter === undefined ? headers : { ...headers, 'retry-after': String(retryAfter) };
  }

  /** Problem details as JSON. */
  body(): string {
    return JSON.stringify({
      type: 'about:blank',
      title: STATUS_CODES[this.status] ?? 'Error',
      status: this.status,
      detail: this.message,
      ...(this.errors.length > 0 && { errors: this.errors }),
    });
  }
}
