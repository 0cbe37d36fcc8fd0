import { DataError, MlopsError, messageWithCause } from '../../platform/errors.ts';
import { StoreFailure } from '../store-thread/failure.ts';
import { Problem } from './problem.ts';

/** How an error is answered; one that is no fault of the request's is told without what it says, which is for the log. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof StoreFailure)
    return new Problem(503, { detail: 'the store cannot be used now; nothing was recorded', retryAfter: 1 });
  if (error instanceof DataError) return new Problem(422, { detail: messageWithCause(error) });
  return new Problem(500, { detail: 'the request met a defect of this program; its log says more' });
}

export function isDefect(error: unknown): boolean {
  return !(error instanceof Problem || error instanceof MlopsError);
}
