import { dayMs, hourMs, minuteMs } from '../../platform/durations.ts';

/** Consecutive rows together. Shapes are fitted to blocks, so that their cost does not grow with the rows. */
export interface Block {
  /** Middle of its time (epoch milliseconds) or of its row numbers. */
  readonly at: number;
  /** Its first row, from 0. */
  readonly row: number;
  readonly rows: number;
  readonly mean: number;
}

const mostBlocks = 1_500;
/** Of rows without times; a block of one row would make every fit one of single rows. */
const blocksOfRows = 500;
const lengths = [minuteMs, 5 * minuteMs, 15 * minuteMs, hourMs, 6 * hourMs, dayMs, 7 * dayMs, 28 * dayMs];

/**
 * Blocks of equal length in time (UTC hours and days are not cut), or of equally many rows where `positions` are no times.
 * @param positions ascending, one a value
 */
export function cutBlocks(
  positions: Float64Array,
  values: Float64Array,
  timed: boolean,
): { readonly blocks: readonly Block[]; readonly length: number } {
  const first = positions[0] ?? 0;
  const span = (positions.at(-1) ?? 0) - first;
  const length = timed
    ? (lengths.find((each) => span / each <= mostBlocks) ?? Math.ceil(span / mostBlocks))
    : Math.max(1, Math.ceil(span / blocksOfRows));
  const blocks: Block[] = [];
  for (let row = 0; row < values.length; ) {
    const number = Math.floor((positions[row] ?? 0) / length);
    let end = row;
    let sum = 0;
    while (end < values.length && Math.floor((positions[end] ?? 0) / length) === number)
      sum += values[end++] ?? 0;
    blocks.push({ at: (number + 0.5) * length, row, rows: end - row, mean: sum / (end - row) });
    row = end;
  }
  return { blocks, length };
}
