import { type ColumnSource, columnGroups, orderByTime, sampledColumns } from '../../data/index.ts';
import type { DriftResult } from '../../data/results/drift.ts';
import { nextTurn } from '../../platform/next-turn.ts';
import { randomFrom } from '../../training/random.ts';
import { namesOfDrifted, withOnsets } from './onsets.ts';

/** Rows that a beginning is sought among; more make it no surer by as much as they take to sort. */
const mostRows = 200_000;

/** Finds since when features drift in a file whose rows have times. */
export interface FileOnsets {
  /** What is to be known of the times. */
  readonly notes: readonly string[];
  add(drift: DriftResult, reference: ColumnSource, signal: AbortSignal): Promise<DriftResult>;
}

/**
 * Of more than 200,000 rows so many are looked at, drawn by chance with the seed.
 * @throws DataError when the column of times is missing or holds no times
 */
export async function fileOnsets(source: ColumnSource, time: string, seed: number): Promise<FileOnsets> {
  const current = sampledColumns(source, mostRows, randomFrom(seed));
  const { notes } = orderByTime(await current.read([time]), time);
  return {
    notes: notes.map((note) => `since when: ${note}`),
    async add(drift, reference, signal) {
      let dated = drift;
      for (const names of columnGroups([reference, current], namesOfDrifted(drift))) {
        const { table, times } = orderByTime(await current.read([time, ...names]), time);
        await nextTurn(signal);
        dated = withOnsets(dated, await reference.read(names), table, times);
      }
      return dated;
    },
  };
}
