import { z } from 'zod';
import { failureDefinition } from './failure.ts';
import { verdictDefinition } from './verdict.ts';

/** One workspace of a sweep; one that could not be judged is UNKNOWN, with the failure in place of a result. */
export function sweptDefinition<Result extends z.ZodType>(result: Result) {
  return z.object({
    /** Folder as the pattern found it. */
    workspace: z.string(),
    status: verdictDefinition,
    result: result.nullable(),
    failure: failureDefinition.nullable(),
  });
}
