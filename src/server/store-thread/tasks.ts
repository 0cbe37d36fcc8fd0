import type { StatsResult } from '../../data/results/stats.ts';
import { predictionStats, type StatsQuestion } from '../../loop/operating/read-stats.ts';
import type { LabelRow, LabelTaker } from '../../loop/recording/take-labels.ts';
import { systemClock } from '../../platform/clock.ts';
import { findProduction, type ModelVersion } from '../../registry/index.ts';
import {
  type LoggedFeatures,
  lastMonitoringRun,
  openAlerts,
  predictionAnswer,
  productionRow,
  type StoredAnswer,
} from '../../store/index.ts';
import type { Configuration } from '../../workspace/index.ts';
import { addLabels } from './add-labels.ts';
import { type LoggedBatch, rowAppender } from './append-rows.ts';
import { type KeptRows, rowKeeper } from './keep-rows.ts';
import { spillIn } from './spill.ts';
import { storeAt } from './store-at.ts';

/** What the thread is started with. */
export interface StoreThreadTask {
  /** Path of the store. */
  readonly store: string;
  /** How long a change waits for a lock that another process holds, milliseconds. */
  readonly waitMs: number;
  /** Folder that takes rows while the store cannot; null where they are refused then. */
  readonly spill: string | null;
}

export interface LastMonitoring {
  readonly at: number;
  readonly status: string;
  readonly shareDrifted: number;
}

/** What a thread beside the one that answers does with the store, so that nobody's lock and no slow disk holds that one up. */
export interface StoreTasks {
  /** Number of the version in Production; null where there is none. */
  productionNumber(): number | null;
  production(): ModelVersion | undefined;
  /** Makes the table ready for rows with these features. */
  prepare(features: LoggedFeatures): void;
  append(batches: readonly LoggedBatch[]): KeptRows;
  /** Brings rows that were kept beside the store into it. @returns how many still wait */
  merge(): number;
  addLabels(rows: readonly LabelRow[], who: string, now: number): Pick<LabelTaker, 'counts' | 'rejects'>;
  prediction(id: string): StoredAnswer | undefined;
  /** @param until epoch milliseconds */
  stats(question: StatsQuestion, until: number): StatsResult;
  lastMonitoring(now: number): LastMonitoring | undefined;
  /** Opens, renews or closes the alert about serving; null says that all is well. */
  judgeServing(config: Configuration, fault: string | null, now: number): Promise<void>;
  close(): void;
}

export function storeTasks({ store: path, waitMs, spill }: StoreThreadTask): StoreTasks {
  const at = storeAt(path, waitMs);
  const appender = rowAppender(at);
  const keeper = spill === null ? undefined : rowKeeper(appender, spillIn(spill), systemClock);
  const read = <T>(work: (store: ReturnType<typeof at.get>) => T): T => {
    const store = at.get();
    return store.read(() => work(store));
  };
  return {
    productionNumber: () => read((store) => productionRow(store)?.version ?? null),
    production: () => read(findProduction),
    prepare: appender.prepare,
    append: (batches) =>
      keeper?.keep(batches) ?? { known: appender.append(batches), spilled: 0, failure: null },
    merge: () => keeper?.merge() ?? 0,
    addLabels: (rows, who, now) => addLabels(at.get(), rows, who, now),
    prediction: (id) => read((store) => predictionAnswer(store, id)),
    stats: (question, until) => read((store) => predictionStats(store, question, until)),
    lastMonitoring: (now) => {
      const run = read((store) => lastMonitoringRun(store, now));
      return run === undefined
        ? undefined
        : { at: run.at, status: run.status, shareDrifted: run.share_drifted };
    },
    judgeServing: async (config, fault, now) => {
      const isOpen = () => read(openAlerts).some(({ rule }) => rule === 'serving');
      if (fault === null && !isOpen()) return;
      // It brings the whole configuration with it, which a thread otherwise starts without.
      const { evaluateAlerts } = await import('../../alerting/evaluate-alerts.ts');
      const store = at.get();
      const summary = fault ?? 'the version in Production answers';
      const status = fault === null ? 'OK' : 'CRITICAL';
      const observations = [{ kind: 'verdict', rule: 'serving', at: now, summary, status }] as const;
      store.change(() => evaluateAlerts(store, config, { observations, now, attachment: null }));
    },
    close: () => at.close(),
  };
}
