import type { Clock } from '../../platform/clock.ts';
import {
  InterruptedError,
  MlopsError,
  TooFewRowsError,
  TooLittleMemoryError,
} from '../../platform/errors.ts';
import { type AttemptFailure, beginAttempt, failAttempt, type Store } from '../../store/index.ts';
import { thisProcess } from '../../workspace/index.ts';

export interface Attempt {
  readonly who: string;
  readonly command: string;
  readonly reason: string;
  /** A file's path, or `store`. */
  readonly data: string;
  readonly healRun: number | null;
}

/**
 * Trains under a number that is in the store before the work begins, so that `mlops runs` can also tell of a training that
 * failed, or that was killed without a word. `work` marks the attempt as finished in the transaction of its result.
 */
export async function attemptTraining<T>(
  store: Store,
  { healRun, ...about }: Attempt,
  clock: Clock,
  work: (attempt: number) => Promise<T>,
): Promise<T> {
  const { started: process_start, ...process } = thisProcess();
  const begun = { ...about, ...process, process_start, heal_run: healRun, started_at: clock.now() };
  const attempt = store.change(() => beginAttempt(store, begun));
  try {
    return await work(attempt);
  } catch (error) {
    keepFailure(store, attempt, clock.now(), error);
    throw error;
  }
}

/** What the training failed with is what counts; a store that cannot be written to now would hide it. */
function keepFailure(store: Store, attempt: number, at: number, error: unknown): void {
  try {
    store.change(() => failAttempt(store, attempt, at, failureOf(error)));
  } catch (second) {
    if (!(second instanceof MlopsError)) throw second;
  }
}

function failureOf(error: unknown): AttemptFailure {
  const message = error instanceof Error ? error.message : String(error);
  const { why = null, remedy = null } = error instanceof MlopsError ? error : {};
  const counts =
    error instanceof TooFewRowsError
      ? { rows: error.rows, rows_needed: error.needed }
      : { rows: null, rows_needed: null };
  return { cause: causeOf(error, message), message, why, remedy, ...counts };
}

/** As V8, DuckDB and ONNX Runtime say it. */
const outOfMemory = /out of memory|allocation failed|bad_alloc|Invalid typed array length|larger than/i;

function causeOf(error: unknown, message: string): AttemptFailure['cause'] {
  if (error instanceof TooFewRowsError) return 'too_few_labels';
  if (error instanceof InterruptedError) return 'interrupted';
  if (error instanceof TooLittleMemoryError || outOfMemory.test(message)) return 'out_of_memory';
  return error instanceof MlopsError ? 'validation' : 'crashed';
}
