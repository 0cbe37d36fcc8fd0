import type { JointCells } from './add-rows.ts';
import type { JointColumn } from './joint-columns.ts';

/** Fills the cells of all columns for the rows from `from` up to `until`. @param bins of each feature, one a row */
export function layCells(
  joint: JointCells,
  columns: readonly JointColumn[],
  bins: readonly Uint8Array[],
  from: number,
  until: number,
): void {
  for (const [index, { features, first }] of columns.entries())
    for (const { place, stride } of features) {
      const binOf = bins[place];
      if (binOf === undefined) continue;
      if (stride === 1) setCells(joint, index, binOf, first, from, until);
      else moveCells(joint, index, binOf, stride, from, until);
    }
}

function setCells(
  { cells, width }: JointCells,
  column: number,
  bins: Uint8Array,
  first: number,
  from: number,
  until: number,
): void {
  for (let row = from; row < until; row++) cells[row * width + column] = first + (bins[row] ?? 0);
}

function moveCells(
  { cells, width }: JointCells,
  column: number,
  bins: Uint8Array,
  stride: number,
  from: number,
  until: number,
): void {
  for (let row = from, cell = from * width + column; row < until; row++, cell += width)
    cells[cell] = (cells[cell] ?? 0) + stride * (bins[row] ?? 0);
}
