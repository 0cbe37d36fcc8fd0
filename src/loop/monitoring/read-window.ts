import type { Column } from '../../data/index.ts';
import { rememberSorted } from '../../drift/index.ts';
import { nextTurn } from '../../platform/next-turn.ts';
import { hasThreads, runThread } from '../../platform/thread.ts';
import {
  changesByOthers,
  countPredictions,
  featureColumns,
  type PredictionWindow,
  readWindow,
  type Store,
} from '../../store/index.ts';
import type { WindowAnswer, WindowTask } from './window-thread.ts';

/** Of fewer rows a second thread would take longer to start than it spares. */
const fewestRows = 200_000;

/**
 * A window of predictions to compare. Of a large one a second thread reads half of the features, and sorts them. When that
 * fails, or another process wrote to the store meanwhile, so that the halves may be of two moments, this thread reads all.
 */
export async function readWindowToCompare(
  store: Store,
  path: string,
  question: { readonly from: number; readonly until: number },
  signal: AbortSignal,
): Promise<PredictionWindow> {
  const names = featureColumns(store).map(({ name }) => name);
  if (!hasThreads || names.length < 2 || countPredictions(store, question) < fewestRows)
    return readWindow(store, question);
  const half = Math.ceil(names.length / 2);
  const before = changesByOthers(store);
  const task = { store: path, ...question, features: names.slice(half) };
  const [other, window] = await Promise.all([
    runThread<WindowTask, WindowAnswer>('window-thread', task, signal).catch(() => undefined),
    nextTurn(signal).then(() => readWindow(store, { ...question, features: names.slice(0, half) })),
  ]);
  signal.throwIfAborted();
  if (other === undefined || changesByOthers(store) !== before) return readWindow(store, question);
  const { columns, sorted } = other;
  for (const [index, column] of columns.entries()) remember(column, sorted[index]);
  return { ...window, features: { rows: window.rows, columns: [...window.features.columns, ...columns] } };
}

function remember(column: Column, sorted: Float64Array | undefined): void {
  if (column.kind === 'numeric' && sorted !== undefined) rememberSorted(column, sorted);
}
