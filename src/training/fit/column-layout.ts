import { groupWidths } from './add-rows.ts';
import { type JointColumn, joinFeatures } from './joint-columns.ts';

/** Columns whose cells stand side by side, row by row, and are numbered through. */
export interface LaidGroup {
  readonly columns: readonly JointColumn[];
  /** Where its cells begin among those of all groups. */
  readonly firstCell: number;
  /** Where its sums begin in a histogram, and how many there are. */
  readonly firstSum: number;
  readonly size: number;
}

/** Where everything about the chosen features stands in the memory of a fit. */
export interface ColumnLayout {
  readonly groups: readonly LaidGroup[];
  /** Sums of a histogram of all groups. */
  readonly size: number;
}

export function layColumns(sizes: Int32Array, chosen: readonly number[], rows: number): ColumnLayout {
  const columns = joinFeatures(sizes, chosen, rows);
  const groups: LaidGroup[] = [];
  let firstSum = 0;
  for (let first = 0; first < columns.length; ) {
    const width = groupWidths.find((each) => each <= columns.length - first) ?? 1;
    const inGroup = columns.slice(first, first + width);
    const size = inGroup.reduce((sum, column) => sum + column.size, 0);
    groups.push({ columns: inGroup, firstCell: first * rows, firstSum, size });
    first += width;
    firstSum += size;
  }
  return { groups, size: firstSum };
}
