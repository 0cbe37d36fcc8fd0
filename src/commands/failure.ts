import type { Failure } from '../data/results/failure.ts';
import { MlopsError, systemErrorCode } from '../platform/errors.ts';
import { exitCodes } from '../platform/exit-codes.ts';

/** What is told of a failure: what happened, the cause, what to do next, the exit code. */
export function describeFailure(error: unknown): Failure {
  if (error instanceof MlopsError) {
    return {
      error: error.message,
      cause: error.why ?? null,
      try: error.remedy ?? null,
      exit_code: error.exitCode,
    };
  }
  if (error instanceof Error && systemErrorCode(error)?.startsWith('SQLITE_CORRUPT')) {
    return {
      error: 'the store is damaged',
      cause: error.message,
      try: 'bring back what is readable: mlops store recover',
      exit_code: exitCodes.badData,
    };
  }
  return {
    error: error instanceof Error ? error.message : String(error),
    cause: 'this is a defect in mlops, not in your data',
    try: 'run it again with --verbose and report what it prints',
    exit_code: exitCodes.internal,
  };
}
