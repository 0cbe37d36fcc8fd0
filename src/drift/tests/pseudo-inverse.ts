type Matrix = readonly (readonly number[])[];

/** Singular values below this part of the largest count as zero: numpy's `pinv`. */
const vanishing = 1e-15;
const mostSweeps = 50;

/** Moore-Penrose inverse of a small symmetric matrix, and its rank, by its eigenvalues. */
export function pseudoInverse(matrix: Matrix): { readonly inverse: Matrix; readonly rank: number } {
  const { values, vectors } = eigen(matrix);
  const largest = Math.max(...values.map(Math.abs));
  const kept = values.map((value) => Math.abs(value) > vanishing * largest);
  const inverse = matrix.map((_, i) =>
    matrix.map((_row, j) =>
      values.reduce(
        (sum, value, k) =>
          kept[k] === true ? sum + ((vectors[i]?.[k] ?? 0) * (vectors[j]?.[k] ?? 0)) / value : sum,
        0,
      ),
    ),
  );
  return { inverse, rank: kept.filter(Boolean).length };
}

/** Eigenvalues and, by column, eigenvectors of a symmetric matrix: Jacobi's cyclic rotations (Golub and Van Loan, 8.5). */
function eigen(matrix: Matrix): { readonly values: readonly number[]; readonly vectors: Matrix } {
  const size = matrix.length;
  const a = matrix.map((row) => [...row]);
  const v = matrix.map((_, i) => matrix.map((_row, j) => (i === j ? 1 : 0)));
  const rotate = (
    rows: number[][],
    at: readonly [number, number, number, number],
    s: number,
    tau: number,
  ) => {
    const [i, j, k, l] = at;
    const first = rows[i]?.[j] ?? 0;
    const second = rows[k]?.[l] ?? 0;
    set(rows, i, j, first - s * (second + first * tau));
    set(rows, k, l, second + s * (first - second * tau));
  };
  for (let sweep = 0; sweep < mostSweeps; sweep++) {
    let turned = false;
    for (let p = 0; p < size - 1; p++) {
      for (let q = p + 1; q < size; q++) {
        const off = a[p]?.[q] ?? 0;
        const [x, y] = [a[p]?.[p] ?? 0, a[q]?.[q] ?? 0];
        if (Math.abs(off) <= Number.EPSILON * 1e-3 * Math.sqrt(Math.abs(x * y))) continue;
        turned = true;
        const theta = (y - x) / (2 * off);
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        const c = 1 / Math.sqrt(t * t + 1);
        const s = t * c;
        const tau = s / (1 + c);
        set(a, p, p, x - t * off);
        set(a, q, q, y + t * off);
        set(a, p, q, 0);
        for (let i = 0; i < p; i++) rotate(a, [i, p, i, q], s, tau);
        for (let i = p + 1; i < q; i++) rotate(a, [p, i, i, q], s, tau);
        for (let i = q + 1; i < size; i++) rotate(a, [p, i, q, i], s, tau);
        for (let i = 0; i < size; i++) rotate(v, [i, p, i, q], s, tau);
      }
    }
    if (!turned) break;
  }
  return { values: a.map((row, i) => row[i] ?? 0), vectors: v };
}

function set(rows: number[][], i: number, j: number, value: number): void {
  const row = rows[i];
  if (row !== undefined) row[j] = value;
}
