/** A feature within a column: its bin moves the cell by so many. */
export interface JointFeature {
  readonly place: number;
  readonly stride: number;
}

/**
 * Features that are counted together: each cell of the column stands for one bin of each of them. Features of few bins cost as
 * much to count as those of many, each for itself; what one of them adds up to alone is found by adding up cells.
 */
export interface JointColumn {
  readonly features: readonly JointFeature[];
  /** How many cells it has. */
  readonly size: number;
}

const mostCells = 1024;
/** With fewer rows for a cell than this, adding up cells would cost more than counting rows. */
const rowsPerCell = 32;

/**
 * Joins features into as few columns as first fit of the largest first finds (Johnson 1974).
 * @param sizes bins of each feature
 * @param chosen features to join, by their places
 */
export function joinFeatures(
  sizes: Int32Array,
  chosen: readonly number[],
  rows: number,
): readonly JointColumn[] {
  const limit = Math.min(mostCells, rows / rowsPerCell);
  const sizeOf = (place: number) => sizes[place] ?? 1;
  const columns: { features: JointFeature[]; size: number }[] = [];
  for (const place of chosen.toSorted((a, b) => sizeOf(b) - sizeOf(a) || a - b)) {
    const column = columns.find(({ size }) => size * sizeOf(place) <= limit);
    if (column === undefined) {
      columns.push({ features: [{ place, stride: 1 }], size: sizeOf(place) });
    } else {
      column.features.push({ place, stride: column.size });
      column.size *= sizeOf(place);
    }
  }
  return columns;
}
