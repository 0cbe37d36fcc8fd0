import { readTable } from '../../data/index.ts';
import { readWindow, type Store } from '../../store/index.ts';
import { durationMs, type Workspace } from '../../workspace/index.ts';
import type { CurrentRows } from './weigh-rows.ts';

/** A file, or true for the store's predictions. */
export type ImportanceWish = string | true;

export async function currentRowsOfFile(path: string, signal: AbortSignal): Promise<CurrentRows> {
  return { features: await readTable(path, { signal }), name: path };
}

/**
 * The rows that a training is to be weighted towards: those of the file that is wished, or the predictions of `monitoring.lookback`, also
 * where `trainer.importance_weights` says so; undefined where nobody wants any.
 * @param now epoch milliseconds
 */
export async function currentRows(
  { config }: Workspace,
  store: Store,
  wish: ImportanceWish | undefined,
  now: number,
  signal: AbortSignal,
): Promise<CurrentRows | undefined> {
  if (typeof wish === 'string') return await currentRowsOfFile(wish, signal);
  if (wish === undefined && !config.trainer.importance_weights) return undefined;
  const { lookback } = config.monitoring;
  const { features } = readWindow(store, { from: now - durationMs(lookback), until: now });
  return { features, name: `the predictions of the last ${lookback}` };
}
