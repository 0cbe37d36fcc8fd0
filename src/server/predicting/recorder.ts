import type { KnownRow } from '../../store/index.ts';
import type { LoggedBatch } from '../store-thread/append-rows.ts';
import type { KeptRows } from '../store-thread/keep-rows.ts';

/** Keeps what was predicted. */
export interface Recorder {
  /** Resolves once the rows are committed. @returns those that were known already */
  commit(batch: LoggedBatch): Promise<readonly KnownRow[]>;
  /** As `commit`, but resolves at once while at most `bufferRows` are on their way. */
  buffer(batch: LoggedBatch): Promise<void>;
  /** Rows that are not committed yet. */
  waiting(): number;
  /** Resolves once all that waits now is committed, or could not be. */
  committed(): Promise<void>;
}

interface Waiting {
  readonly batch: LoggedBatch;
  resolve(known: readonly KnownRow[]): void;
  reject(error: unknown): void;
}

export interface RecorderHooks {
  /** Commits batches together. */
  readonly append: (batches: readonly LoggedBatch[]) => Promise<KeptRows>;
  readonly bufferRows: () => number;
  /** Told of rows that were answered and could not be kept. */
  readonly lost: (rows: number, error: unknown) => void;
}

/** One commit at a time: what comes meanwhile waits for the next, so that commits become larger the more there is to do. */
export function recorder({ append, bufferRows, lost }: RecorderHooks): Recorder {
  let queue: Waiting[] = [];
  let rowsWaiting = 0;
  let working = false;
  let last: Promise<unknown> = Promise.resolve();

  async function work(): Promise<void> {
    working = true;
    while (queue.length > 0) {
      const group = queue;
      queue = [];
      try {
        const { known } = await append(group.map(({ batch }) => batch));
        for (const [place, each] of group.entries()) each.resolve(known[place] ?? []);
      } catch (error) {
        for (const each of group) each.reject(error);
      }
      rowsWaiting -= group.reduce((sum, { batch }) => sum + batch.ids.length, 0);
    }
    working = false;
  }

  const commit = (batch: LoggedBatch) => {
    const committed = new Promise<readonly KnownRow[]>((resolve, reject) => {
      queue.push({ batch, resolve, reject });
      rowsWaiting += batch.ids.length;
      if (!working) void work();
    });
    last = committed;
    return committed;
  };
  return {
    commit,
    buffer: async (batch) => {
      const full = rowsWaiting + batch.ids.length > bufferRows();
      const committed = commit(batch);
      if (full) await committed;
      else committed.catch((error: unknown) => lost(batch.ids.length, error));
    },
    waiting: () => rowsWaiting,
    committed: async () => {
      await last.catch(() => undefined);
    },
  };
}
