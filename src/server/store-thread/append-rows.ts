import {
  type KnownRow,
  type LoggedFeatures,
  type PredictionLog,
  predictionLog,
  type ScoredRows,
  type Store,
} from '../../store/index.ts';
import type { StoreAt } from './store-at.ts';

/** Rows that one model version scored together, and what their cells are. */
export interface LoggedBatch extends ScoredRows {
  readonly features: LoggedFeatures;
  /** Some of the ids came from clients, who may send them again. */
  readonly ownIds: boolean;
}

export interface RowAppender {
  /** Makes the table ready for rows with these features. @throws as `predictionLog` does */
  prepare(features: LoggedFeatures): void;
  /**
   * Commits the batches in one transaction.
   * @returns for each batch its rows that were known already
   */
  append(batches: readonly LoggedBatch[]): readonly (readonly KnownRow[])[];
  /** The rows of a batch that the store knows, where it can still be read. */
  known(batch: LoggedBatch): readonly KnownRow[];
}

export function rowAppender(at: StoreAt): RowAppender {
  const logs = new WeakMap<Store, Map<string, PredictionLog>>();
  const logFor = (store: Store, features: LoggedFeatures): PredictionLog => {
    const known = logs.get(store) ?? new Map<string, PredictionLog>();
    logs.set(store, known);
    const key = JSON.stringify(features);
    const log = known.get(key) ?? predictionLog(store, features);
    known.set(key, log);
    return log;
  };
  return {
    prepare: (features) => {
      logFor(at.get(), features);
    },
    known: (batch) => {
      const store = at.get();
      return store.read(() => logFor(store, batch.features).known(batch));
    },
    append: (batches) => {
      for (;;) {
        const store = at.get();
        const prepared = batches.map((rows) => ({ rows, log: logFor(store, rows.features) }));
        const known = store.change(() => prepared.map(({ rows, log }) => log.append(rows)));
        // A restore may have put another file in its place meanwhile: then the rows are added to that one.
        if (at.isCurrent()) return known;
      }
    },
  };
}
