import { TooLittleMemoryError } from '../../platform/errors.ts';
import { bytesInWords, grouped } from '../../report/figures.ts';
import { type Estimator, fitBytes } from '../../training/index.ts';

/** The program itself, with DuckDB while it reads, and what sorts and counts hold for a while. */
const programBytes = 500 * 2 ** 20;
const bytesAValue = Float64Array.BYTES_PER_ELEMENT;
/** Beside the values of a row: its place in time, what is kept of it, what the model answers, what measures it and is copied for it. */
const valuesBeside = 10;

export interface TrainingSize {
  readonly rows: number;
  readonly columns: number;
  readonly estimator: Estimator;
}

/** About how much memory a training takes at most. @returns bytes */
export function trainingBytes({ rows, columns, estimator }: TrainingSize): number {
  return programBytes + rows * (columns + valuesBeside) * bytesAValue + fitBytes(estimator, rows, columns);
}

/**
 * Refuses a training that would not fit into memory before it takes any, so that the machine neither swaps nor kills.
 * @param available bytes
 * @throws TooLittleMemoryError
 */
export function requireMemory(size: TrainingSize, available: number): void {
  const needed = trainingBytes(size);
  if (needed <= available) return;
  const table = `${grouped(size.rows)} rows of ${grouped(size.columns)} columns`;
  throw new TooLittleMemoryError(
    `training on ${table} needs about ${bytesInWords(needed)} of memory, and ${bytesInWords(available)} can be had`,
    {
      why: 'as much is free on this machine, or left by the limit of its container or service',
      remedy: 'train on fewer rows or columns, or where there is more memory',
    },
  );
}
