/** A feature within a column: each of its bins stands for so many cells. */
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
  /** Its first cell, among those of all columns. */
  readonly first: number;
  /** How many cells it has. */
  readonly size: number;
}

const mostCells = 1024;
/** With fewer rows for a cell than this, adding up cells would cost more than counting rows. */
const rowsPerCell = 64;

/**
 * Joins features into as few columns as first fit of the largest first finds (Johnson 1974).
 * @param sizes bins of each feature
 */
export function joinFeatures(sizes: Int32Array, rows: number): readonly JointColumn[] {
  const limit = Math.min(mostCells, rows / rowsPerCell);
  const sizeOf = (place: number) => sizes[place] ?? 1;
  const joined: { features: JointFeature[]; size: number }[] = [];
  for (const place of [...sizes.keys()].sort((a, b) => sizeOf(b) - sizeOf(a) || a - b)) {
    const column = joined.find(({ size }) => size * sizeOf(place) <= limit);
    if (column === undefined) {
      joined.push({ features: [{ place, stride: 1 }], size: sizeOf(place) });
    } else {
      column.features.push({ place, stride: column.size });
      column.size *= sizeOf(place);
    }
  }
  let first = 0;
  return joined.map((column) => {
    first += column.size;
    return { ...column, first: first - column.size };
  });
}

/** How many cells all columns have. */
export function countCells(columns: readonly JointColumn[]): number {
  return columns.reduce((sum, { size }) => sum + size, 0);
}
