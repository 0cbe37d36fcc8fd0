import { type KnownRow, outcomeOf, type StoredAnswer } from '../../store/index.ts';
import type { LoggedBatch } from './append-rows.ts';

/** What clients were answered under ids of their own while the store could not be asked. */
export interface SpilledAnswers {
  /** Remembers the batch's rows. @returns those that it remembered already */
  remember(batch: LoggedBatch): readonly KnownRow[];
  forget(): void;
}

interface Remembered {
  readonly cells: string;
  readonly stored: StoredAnswer;
}

export function spilledAnswers(): SpilledAnswers {
  const answers = new Map<string, Remembered>();
  return {
    remember: (batch) => {
      if (!batch.ownIds) return [];
      return batch.ids.flatMap((id, row) => {
        const cells = cellsOf(batch, row);
        const before = answers.get(id);
        if (before !== undefined) return [{ row, same: before.cells === cells, stored: before.stored }];
        answers.set(id, { cells, stored: answerOf(batch, row) });
        return [];
      });
    },
    forget: () => answers.clear(),
  };
}

function cellsOf({ features, numbers, texts }: LoggedBatch, row: number): string {
  const { numeric, text } = features;
  const own = [
    ...numbers.subarray(row * numeric.length, (row + 1) * numeric.length),
    ...texts.slice(row * text.length, (row + 1) * text.length),
  ];
  return JSON.stringify(own);
}

/** The answer to a row that nobody has kept before. */
export function answerOf(batch: LoggedBatch, row: number): StoredAnswer {
  return {
    prediction_id: batch.ids[row] ?? '',
    predicted_at: batch.at,
    model_version: batch.version,
    probability: batch.probabilities[row] ?? null,
    outcome: outcomeOf(batch, row),
    threshold: batch.threshold,
  };
}
