import type { StatsResult } from '../../data/results/stats.ts';
import { predictionStats, type StatsQuestion } from '../../loop/operating/read-stats.ts';
import { findProduction, type ModelVersion } from '../../registry/index.ts';
import {
  type KnownRow,
  type LoggedFeatures,
  predictionAnswer,
  productionRow,
  type StoredAnswer,
} from '../../store/index.ts';
import { type LoggedBatch, rowAppender } from './append-rows.ts';
import { storeAt } from './store-at.ts';

/** What the thread is started with. */
export interface StoreThreadTask {
  /** Path of the store. */
  readonly store: string;
  /** How long a change waits for a lock that another process holds, milliseconds. */
  readonly waitMs: number;
}

/** What a thread beside the one that answers does with the store, so that nobody's lock and no slow disk holds that one up. */
export interface StoreTasks {
  /** Number of the version in Production; null where there is none. */
  productionNumber(): number | null;
  production(): ModelVersion | undefined;
  prepare(features: LoggedFeatures): void;
  append(batches: readonly LoggedBatch[]): readonly (readonly KnownRow[])[];
  prediction(id: string): StoredAnswer | undefined;
  /** @param until epoch milliseconds */
  stats(question: StatsQuestion, until: number): StatsResult;
  close(): void;
}

export function storeTasks({ store: path, waitMs }: StoreThreadTask): StoreTasks {
  const at = storeAt(path, waitMs);
  const { prepare, append } = rowAppender(at);
  return {
    productionNumber: () => {
      const store = at.get();
      return store.read(() => productionRow(store)?.version ?? null);
    },
    production: () => {
      const store = at.get();
      return store.read(() => findProduction(store));
    },
    prepare,
    append,
    prediction: (id) => {
      const store = at.get();
      return store.read(() => predictionAnswer(store, id));
    },
    stats: (question, until) => {
      const store = at.get();
      return store.read(() => predictionStats(store, question, until));
    },
    close: () => at.close(),
  };
}
