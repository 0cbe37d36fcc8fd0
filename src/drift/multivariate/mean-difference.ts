import gammainc from '@stdlib/math-base-special-gammainc';
import gammaincinv from '@stdlib/math-base-special-gammaincinv';

/** Rows of vectors of one length, one after the other. */
export interface Vectors {
  readonly rows: number;
  readonly width: number;
  /** Row-major, rows x width. */
  readonly values: Float64Array;
}

export interface MeanDifference {
  /** Euclidean distance of the two means: the maximum mean discrepancy where the rows are a kernel's features. */
  readonly distance: number;
  /** Chance of a distance at least so great for two samples from one distribution. */
  readonly pValue: number;
  /** The distance that two such samples reach with the given chance, above 0 and below 1. */
  readonly exceededWith: (chance: number) => number;
}

/**
 * Distance of the means of two samples of vectors.
 *
 * Where both are from one distribution nm/(n + m) times its square is, by the central limit theorem, a sum of chi-squares
 * weighted by the eigenvalues of the covariance; its upper tail by three cumulants (Hall 1983; Buckley and Eagleson 1988), which
 * the traces of the covariance's powers give. The covariance is that of both together, as a permutation of the rows has it.
 */
export function meanDifference(reference: Vectors, current: Vectors): MeanDifference {
  const { width } = reference;
  const before = meanVector(reference);
  const after = meanVector(current);
  const square = before.reduce((sum, value, index) => sum + (value - (after[index] ?? 0)) ** 2, 0);
  const all = reference.rows + current.rows;
  const center = before.map(
    (value, index) => (value * reference.rows + (after[index] ?? 0) * current.rows) / all,
  );
  const covariance = new Float64Array(width * width);
  addProducts(covariance, reference, center);
  addProducts(covariance, current, center);
  const [first, second, third] = traces(
    covariance.map((sum) => sum / (all - 1)),
    width,
  );
  if (first === 0) return { distance: Math.sqrt(square), pValue: 1, exceededWith: () => 0 };
  const statistic = (square * reference.rows * current.rows) / all;
  const freedom = second ** 3 / third ** 2;
  const standardised = (statistic - first) / Math.sqrt(2 * second);
  const chiSquare = freedom + standardised * Math.sqrt(2 * freedom);
  const pValue = chiSquare <= 0 ? 1 : gammainc(chiSquare / 2, freedom / 2, true, true);
  const exceededWith = (chance: number) => {
    const reached = (2 * gammaincinv(chance, freedom / 2, true) - freedom) / Math.sqrt(2 * freedom);
    const scaled = Math.max(0, first + reached * Math.sqrt(2 * second));
    return Math.sqrt((scaled * all) / (reference.rows * current.rows));
  };
  return { distance: Math.sqrt(square), pValue, exceededWith };
}

function meanVector({ rows, width, values }: Vectors): Float64Array {
  const sums = new Float64Array(width);
  for (let row = 0; row < rows; row++)
    for (let place = 0; place < width; place++)
      sums[place] = (sums[place] ?? 0) + (values[row * width + place] ?? 0);
  return sums.map((sum) => sum / rows);
}

function addProducts(products: Float64Array, { rows, width, values }: Vectors, center: Float64Array): void {
  const deviations = new Float64Array(width);
  for (let row = 0; row < rows; row++) {
    for (let place = 0; place < width; place++)
      deviations[place] = (values[row * width + place] ?? 0) - (center[place] ?? 0);
    for (let i = 0; i < width; i++) {
      const deviation = deviations[i] ?? 0;
      for (let j = 0; j <= i; j++) {
        const cell = i * width + j;
        products[cell] = (products[cell] ?? 0) + deviation * (deviations[j] ?? 0);
      }
    }
  }
  for (let i = 0; i < width; i++)
    for (let j = 0; j < i; j++) products[j * width + i] = products[i * width + j] ?? 0;
}

/** Traces of a symmetric matrix and of its second and third power. */
function traces(matrix: Float64Array, width: number): readonly [number, number, number] {
  let first = 0;
  let second = 0;
  let third = 0;
  for (let i = 0; i < width; i++) {
    first += matrix[i * width + i] ?? 0;
    for (let j = 0; j < width; j++) {
      const cell = matrix[i * width + j] ?? 0;
      second += cell * cell;
      let squared = 0;
      for (let k = 0; k < width; k++) squared += (matrix[i * width + k] ?? 0) * (matrix[j * width + k] ?? 0);
      third += squared * cell;
    }
  }
  return [first, second, third];
}
