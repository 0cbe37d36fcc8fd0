import type { Clock } from '../../platform/clock.ts';
import type { KnownRow } from '../../store/index.ts';
import type { LoggedBatch, RowAppender } from './append-rows.ts';
import type { Spill } from './spill.ts';
import { spilledAnswers } from './spilled-answers.ts';

export interface KeptRows {
  /** For each batch its rows that were known already. */
  readonly known: readonly (readonly KnownRow[])[];
  /** Rows that wait in the spill for the store. */
  readonly spilled: number;
  /** What the store said, where the rows went to the spill. */
  readonly failure: string | null;
}

/** After a failure the store is left alone for so long, so that each row does not wait for it again. */
const restMs = 1000;

/**
 * Puts rows into the store, or where it cannot be written into the spill; what is there is brought in before anything else, as
 * soon as the store can be written again. Ids make that once only, whatever is cut off where.
 */
export function rowKeeper({ append, known }: RowAppender, spill: Spill, clock: Clock) {
  const answers = spilledAnswers();
  let restUntil = 0;
  let failure = '';

  function bringIn(): void {
    spill.merge(append);
    answers.forget();
  }

  /** Of rows with ids of clients, those that were answered before. */
  function answered(batch: LoggedBatch): readonly KnownRow[] {
    const spilled = answers.remember(batch);
    try {
      const stored = batch.ownIds ? known(batch) : [];
      return [...spilled.filter(({ row }) => !stored.some((each) => each.row === row)), ...stored];
    } catch {
      return spilled;
    }
  }

  function rest(error: unknown): void {
    restUntil = clock.elapsed() + restMs;
    failure = error instanceof Error ? error.message : String(error);
  }

  return {
    keep: (batches: readonly LoggedBatch[]): KeptRows => {
      if (clock.elapsed() >= restUntil) {
        try {
          bringIn();
          return { known: append(batches), spilled: 0, failure: null };
        } catch (error) {
          rest(error);
        }
      }
      spill.add(batches);
      return { known: batches.map(answered), spilled: spill.rows(), failure };
    },
    /** Brings the spill in, where the store can be written. @returns rows that still wait */
    merge: (): number => {
      try {
        if (clock.elapsed() >= restUntil) bringIn();
      } catch (error) {
        rest(error);
      }
      return spill.rows();
    },
  };
}
