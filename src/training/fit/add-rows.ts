/** What rows add up to, by cell of the joint columns. */
export interface JointHistogram {
  /** Gradient and hessian of each cell, side by side. */
  readonly sums: Float64Array;
  /** Rows of each cell. */
  readonly counts: Uint32Array;
}

/** The cell of each row in each column, row by row: a leaf's rows are far apart, and what one needs stands side by side. */
export interface JointCells {
  readonly cells: Uint16Array | Uint32Array;
  /** How many columns there are. */
  readonly width: number;
}

/**
 * Adds rows to the cells that they fall in, in the order they are in.
 *
 * A loop over rows for six columns, four, two or one, written out: an inner loop over the columns takes three times as long.
 * @param derivatives gradient and hessian of each row, side by side
 * @param columns to add to
 */
export function addRows(
  rows: Uint32Array,
  derivatives: Float64Array,
  joint: JointCells,
  columns: Int32Array,
  to: JointHistogram,
): void {
  for (let first = 0; first < columns.length; ) {
    const some = columns.subarray(first, first + 6);
    if (some.length === 6) first += addSix(rows, derivatives, joint, some, to);
    else if (some.length >= 4) first += addFour(rows, derivatives, joint, some, to);
    else if (some.length >= 2) first += addTwo(rows, derivatives, joint, some, to);
    else first += addOne(rows, derivatives, joint, some, to);
  }
}

/** @returns how many columns were added to */
function addSix(
  rows: Uint32Array,
  derivatives: Float64Array,
  { cells, width }: JointCells,
  [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0]: Int32Array,
  { sums, counts }: JointHistogram,
): number {
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? 0;
    const gradient = derivatives[2 * row] ?? 0;
    const hessian = derivatives[2 * row + 1] ?? 0;
    const at = width * row;
    add(sums, counts, cells[at + a] ?? 0, gradient, hessian);
    add(sums, counts, cells[at + b] ?? 0, gradient, hessian);
    add(sums, counts, cells[at + c] ?? 0, gradient, hessian);
    add(sums, counts, cells[at + d] ?? 0, gradient, hessian);
    add(sums, counts, cells[at + e] ?? 0, gradient, hessian);
    add(sums, counts, cells[at + f] ?? 0, gradient, hessian);
  }
  return 6;
}

function addFour(
  rows: Uint32Array,
  derivatives: Float64Array,
  { cells, width }: JointCells,
  [a = 0, b = 0, c = 0, d = 0]: Int32Array,
  { sums, counts }: JointHistogram,
): number {
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? 0;
    const gradient = derivatives[2 * row] ?? 0;
    const hessian = derivatives[2 * row + 1] ?? 0;
    const at = width * row;
    add(sums, counts, cells[at + a] ?? 0, gradient, hessian);
    add(sums, counts, cells[at + b] ?? 0, gradient, hessian);
    add(sums, counts, cells[at + c] ?? 0, gradient, hessian);
    add(sums, counts, cells[at + d] ?? 0, gradient, hessian);
  }
  return 4;
}

function addTwo(
  rows: Uint32Array,
  derivatives: Float64Array,
  { cells, width }: JointCells,
  [a = 0, b = 0]: Int32Array,
  { sums, counts }: JointHistogram,
): number {
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? 0;
    const gradient = derivatives[2 * row] ?? 0;
    const hessian = derivatives[2 * row + 1] ?? 0;
    const at = width * row;
    add(sums, counts, cells[at + a] ?? 0, gradient, hessian);
    add(sums, counts, cells[at + b] ?? 0, gradient, hessian);
  }
  return 2;
}

function addOne(
  rows: Uint32Array,
  derivatives: Float64Array,
  { cells, width }: JointCells,
  [a = 0]: Int32Array,
  { sums, counts }: JointHistogram,
): number {
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? 0;
    const cell = cells[width * row + a] ?? 0;
    add(sums, counts, cell, derivatives[2 * row] ?? 0, derivatives[2 * row + 1] ?? 0);
  }
  return 1;
}

function add(sums: Float64Array, counts: Uint32Array, cell: number, gradient: number, hessian: number): void {
  sums[2 * cell] = (sums[2 * cell] ?? 0) + gradient;
  sums[2 * cell + 1] = (sums[2 * cell + 1] ?? 0) + hessian;
  counts[cell] = (counts[cell] ?? 0) + 1;
}
