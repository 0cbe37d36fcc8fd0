// A program of its own, run by read-window.ts in a thread: reads some features of a window and sorts them meanwhile.
import { parentPort, workerData } from 'node:worker_threads';
import type { Column } from '../../data/index.ts';
import { sortNumbers } from '../../data/sort-numbers.ts';
import { openStore, readWindowFeatures } from '../../store/index.ts';

export interface WindowTask {
  /** Path of the store. */
  readonly store: string;
  /** Epoch milliseconds, both included. */
  readonly from: number;
  readonly until: number;
  /** Names of the features to read. */
  readonly features: readonly string[];
}

export interface WindowAnswer {
  readonly columns: readonly Column[];
  /** Of each numeric column, ascending and without missing values. */
  readonly sorted: readonly (Float64Array | undefined)[];
}

const task: WindowTask = workerData;
const answer = read(task);
parentPort?.postMessage(answer, buffersOf(answer));

function read({ store: path, ...question }: WindowTask): WindowAnswer {
  using store = openStore(path, { create: false });
  const { columns } = readWindowFeatures(store, question);
  const sorted = columns.map((column) =>
    column.kind === 'numeric' ? sortNumbers(column.values) : undefined,
  );
  return { columns, sorted };
}

/** What is handed over instead of copied. */
function buffersOf({ columns, sorted }: WindowAnswer): ArrayBuffer[] {
  return [...columns.map((column) => (column.kind === 'numeric' ? column.values : column.codes)), ...sorted]
    .map((values) => values?.buffer)
    .filter((buffer) => buffer instanceof ArrayBuffer);
}
