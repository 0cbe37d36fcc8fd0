import { join } from 'node:path';
import type { LogLevel } from '../platform/log.ts';
import { durationMs, type Workspace } from '../workspace/index.ts';
import type { Metrics } from './metrics/metrics.ts';
import type { LoggedBatch } from './store-thread/append-rows.ts';
import type { KeptRows } from './store-thread/keep-rows.ts';
import { type StoreThread, startStoreThread } from './store-thread/link.ts';

/** The thread that writes, and what became of rows that the store did not take. */
export interface StoreWriter {
  readonly thread: StoreThread;
  append(batches: readonly LoggedBatch[]): Promise<KeptRows>;
  /** Rows that wait beside the store. */
  spilled(): number;
  close(): Promise<void>;
}

/** Where rows can go elsewhere, none waits long for the store. */
const waitBeforeSpillMs = 100;
const mergeEveryMs = 1000;

/** @param tell what a reader of the log needs */
export function storeWriter(
  { root, paths, config }: Workspace,
  metrics: Metrics,
  tell: (level: LogLevel, line: string) => void,
): StoreWriter {
  const spills = config.serve.on_store_failure === 'spill';
  const wait = durationMs(config.serve.store_wait);
  const thread = startStoreThread({
    store: paths.store,
    waitMs: spills ? Math.min(wait, waitBeforeSpillMs) : wait,
    spill: spills ? join(root, '.mlops', 'spill') : null,
  });
  let spilled = 0;
  const noteSpilled = (rows: number, failure: string | null) => {
    if (rows > 0 && spilled === 0)
      tell('warn', `predictions are kept in .mlops/spill: ${failure ?? 'the store failed'}`);
    if (rows === 0 && spilled > 0)
      tell('info', `${spilled} predictions were brought into the store from .mlops/spill`);
    spilled = rows;
  };
  const merge = () =>
    thread.ask('merge').then(
      (rows) => noteSpilled(rows, null),
      () => undefined,
    );
  if (spills) void merge();
  const timer = setInterval(() => {
    if (spilled > 0) void merge();
  }, mergeEveryMs);
  return {
    thread,
    append: async (batches) => {
      try {
        const kept = await thread.ask('append', batches);
        if (kept.failure !== null) metrics.storeError();
        noteSpilled(kept.spilled, kept.failure);
        return kept;
      } catch (error) {
        metrics.storeError();
        throw error;
      }
    },
    spilled: () => spilled,
    close: async () => {
      clearInterval(timer);
      if (spills) await merge();
      await thread.close();
    },
  };
}
