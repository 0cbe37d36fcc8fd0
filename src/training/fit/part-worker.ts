import { InternalError } from '../../platform/errors.ts';
import { addRows } from './add-rows.ts';
import { derive, raiseOdds } from './boosted-odds.ts';
import { type ColumnLayout, layColumns } from './column-layout.ts';
import type { FitMemory } from './fit-memory.ts';
import { layCells } from './lay-cells.ts';
import { separateRows } from './separate-rows.ts';

/**
 * What is done to the rows of a table or of a leaf:
 * `lay` fills the cells of the chosen features, `count` adds up derivatives by cell, `separate` moves the rows that go left
 * before the others, `raise` multiplies the odds by the leaf's factor, `derive` takes the derivatives of the loss.
 */
export const fitTasks = ['lay', 'count', 'separate', 'raise', 'derive'] as const;
export type FitTask = (typeof fitTasks)[number];

/** Does parts of tasks, in whichever thread: what it does depends on the memory and the part alone. */
export class PartWorker {
  readonly #memory: FitMemory;
  #layout: ColumnLayout = { groups: [], size: 0 };
  #layoutIs = 0;

  constructor(memory: FitMemory) {
    this.#memory = memory;
  }

  /** Where the cells of the features stand that are chosen now. */
  get layout(): ColumnLayout {
    const { chosen, sizes, rows } = this.#memory;
    const [changes = 0, count = 0] = chosen;
    if (this.#layoutIs !== changes) {
      this.#layout = layColumns(sizes, Array.from(chosen.subarray(2, 2 + count)), rows.length);
      this.#layoutIs = changes;
    }
    return this.#layout;
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
        for (const group of this.layout.groups) layCells(group, memory.bins, memory.cells, from, until);
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
    const { histograms, rows, derivatives, cells } = this.#memory;
    const histogram = histograms[part];
    if (histogram === undefined) throw new InternalError(`there is no histogram for part ${part}`);
    const leaf = rows.subarray(from, until);
    for (const { columns, firstCell, firstSum, size } of this.layout.groups) {
      const width = columns.length;
      const sums = histogram.sums.subarray(2 * firstSum, 2 * (firstSum + size)).fill(0);
      const counts = histogram.counts.subarray(firstSum, firstSum + size).fill(0);
      const inGroup = cells.subarray(firstCell, firstCell + width * rows.length);
      addRows(leaf, derivatives, { width, cells: inGroup, sums, counts });
    }
  }
}

function binsOf({ bins }: FitMemory, feature: number): Uint8Array {
  const found = bins[feature];
  if (found === undefined) throw new InternalError(`there is no feature ${feature}`);
  return found;
}
