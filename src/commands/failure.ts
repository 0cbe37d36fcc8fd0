import { MlopsError } from '../platform/errors.ts';
import { exitCodes } from '../platform/exit-codes.ts';

/** What is told of a failure: message, cause, what to do next, exit code. */
export function describeFailure(error: unknown) {
  if (error instanceof MlopsError) {
    return {
      message: error.message,
      cause: error.why ?? null,
      remedy: error.remedy ?? null,
      exitCode: error.exitCode,
    };
  }
  return {
    message: error instanceof Error ? error.message : String(error),
    cause: 'this is a defect in mlops, not in your data',
    remedy: 'run it again with --verbose and report what it prints',
    exitCode: exitCodes.internal,
  };
}
