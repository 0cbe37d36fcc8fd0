import type { LaidGroup } from './column-layout.ts';

/** Fills the cells of a group for the rows from `from` up to `until`. @param bins of each feature, one a row */
export function layCells(
  { columns, firstCell }: LaidGroup,
  bins: readonly Uint8Array[],
  cells: Uint16Array,
  from: number,
  until: number,
): void {
  let firstOfColumn = 0;
  for (const [index, { features, size }] of columns.entries()) {
    for (const { place, stride } of features) {
      const binOf = bins[place];
      const first = firstCell + index;
      if (binOf === undefined) continue;
      if (stride === 1) setCells(cells, first, columns.length, binOf, firstOfColumn, from, until);
      else moveCells(cells, first, columns.length, binOf, stride, from, until);
    }
    firstOfColumn += size;
  }
}

function setCells(
  cells: Uint16Array,
  first: number,
  width: number,
  bins: Uint8Array,
  base: number,
  from: number,
  until: number,
): void {
  for (let row = from, cell = first + from * width; row < until; row++, cell += width)
    cells[cell] = base + (bins[row] ?? 0);
}

function moveCells(
  cells: Uint16Array,
  first: number,
  width: number,
  bins: Uint8Array,
  stride: number,
  from: number,
  until: number,
): void {
  for (let row = from, cell = first + from * width; row < until; row++, cell += width)
    cells[cell] = (cells[cell] ?? 0) + stride * (bins[row] ?? 0);
}
