import type { FitMemory } from './fit-memory.ts';
import type { TaskRunner } from './task-runner.ts';

/** Places in the memory's `rows`, `until` not among them. */
export interface RowRange {
  readonly from: number;
  readonly until: number;
}

/**
 * Moves the rows of a range that go left before the others, each in the order they were in; `memory.goesLeft` says which.
 * @returns where those begin that go right
 */
export function separate(
  runner: TaskRunner,
  { rows, spareRows }: FitMemory,
  { from, until }: RowRange,
  feature: number,
): number {
  const { middle, first, second } = runner.run('separate', from, until, feature);
  rows.copyWithin(from + first, middle, middle + second);
  const border = from + first + second;
  const rightOfFirst = middle - from - first;
  rows.set(spareRows.subarray(from, from + rightOfFirst), border);
  rows.set(spareRows.subarray(middle, until - second), border + rightOfFirst);
  return border;
}
