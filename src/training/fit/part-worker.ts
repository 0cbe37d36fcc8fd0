import { InternalError } from '../../platform/errors.ts';
import { addRows, type JointHistogram } from './add-rows.ts';
import { derive, raiseOdds } from './boosted-odds.ts';
import type { FitMemory } from './fit-memory.ts';
import { type JointColumn, joinFeatures } from './joint-columns.ts';
import { layCells } from './lay-cells.ts';
import { separateRows } from './separate-rows.ts';

/**
 * What is done to the rows of a table or of a leaf:
 * `lay` fills the cells of the joint columns, `count` adds up derivatives by cell, `separate` moves the rows that go left
 * before the others, `raise` multiplies the odds by the leaf's factor, `derive` takes the derivatives of the loss.
 */
export const fitTasks = ['lay', 'count', 'separate', 'raise', 'derive'] as const;
export type FitTask = (typeof fitTasks)[number];

/** Does parts of tasks, in whichever thread: what it does depends on the memory and the part alone. */
export class PartWorker {
  readonly #memory: FitMemory;
  readonly #columns: readonly JointColumn[];

  constructor(memory: FitMemory) {
    this.#memory = memory;
    this.#columns = joinFeatures(memory.sizes, memory.rows.length);
  }

  /**
   * @param from first row, or place in the memory's `rows`; `until` comes after the last
   * @param feature that separates
   * @returns how many go left, where rows are separated
   */
  run(task: FitTask, part: number, from: number, until: number, feature: number): number {
    const memory = this.#memory;
    switch (task) {
      case 'lay':
        layCells(memory.joint, this.#columns, memory.bins, from, until);
        return 0;
      case 'count':
        this.#count(part, from, until);
        return 0;
      case 'separate':
        return separateRows(
          memory.rows.subarray(from, until),
          binsOf(memory, feature),
          memory.goesLeft,
          memory.spareRows.subarray(from, until),
        );
      case 'raise':
        raiseOdds(memory, from, until);
        return 0;
      case 'derive':
        derive(memory.derivatives, memory.boosted, from, until);
        return 0;
    }
  }

  #count(part: number, from: number, until: number): void {
    const { histograms, rows, derivatives, joint, chosen } = this.#memory;
    const histogram = histograms[part];
    if (histogram === undefined) throw new InternalError(`there is no histogram for part ${part}`);
    const columns = chosen.subarray(1, 1 + (chosen[0] ?? 0));
    for (const column of columns) clear(histogram, this.#columns[column]);
    addRows(rows.subarray(from, until), derivatives, joint, columns, histogram);
  }
}

function clear({ sums, counts }: JointHistogram, column: JointColumn | undefined): void {
  if (column === undefined) return;
  const end = column.first + column.size;
  sums.fill(0, 2 * column.first, 2 * end);
  counts.fill(0, column.first, end);
}

function binsOf({ bins }: FitMemory, feature: number): Uint8Array {
  const found = bins[feature];
  if (found === undefined) throw new InternalError(`there is no feature ${feature}`);
  return found;
}
