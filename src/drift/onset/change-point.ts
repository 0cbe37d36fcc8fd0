/** A step of the mean up: the first row after it, and the ends of the 95 % interval of that row (numbers from 0). */
export interface ChangePoint {
  readonly row: number;
  readonly from: number;
  readonly until: number;
}

/** The argmax of W(v) - |v| / 2 lies within ± this with chance 0.95 (Yao 1987; Bai 1997, equation 9). */
const halfWidth = 11.03;
/** A step has at least so many rows on each side. */
const fewestRows = 5;

/**
 * The row at which the mean of a series steps up, by least squares (Hinkley 1970), with the interval of Bai, "Estimation of a change
 * point in multiple regression models", Review of Economics and Statistics 79 (1997): k ± (11.03 σ²/δ² + 1), δ the step and σ² the
 * variance of the larger side, by batch means where neighbours are alike. Whether there is a step at all is for the caller to find out.
 * @param values in order of time, without missing ones
 * @returns undefined where the mean is nowhere higher afterwards
 */
export function findStepUp(values: Float64Array): ChangePoint | undefined {
  const n = values.length;
  const total = sum(values);
  let before = 0;
  let best = { row: 0, gain: 0, step: 0 };
  for (let row = 1; row <= n - fewestRows; row++) {
    before += values[row - 1] ?? 0;
    if (row < fewestRows) continue;
    const step = (total - before) / (n - row) - before / row;
    const gain = ((row * (n - row)) / n) * step * step;
    if (step > 0 && gain > best.gain) best = { row, gain, step };
  }
  if (best.gain === 0) return undefined;
  const variance = Math.max(
    longRunVariance(values.subarray(0, best.row)),
    longRunVariance(values.subarray(best.row)),
  );
  const reach = Math.floor((halfWidth * variance) / best.step ** 2) + 1;
  return { row: best.row, from: Math.max(0, best.row - reach), until: Math.min(n - 1, best.row + reach) };
}

/** The variance of the rows, or that which the means of batches of neighbours show (Alexopoulos and Seila 1998) where it is larger. */
function longRunVariance(values: Float64Array): number {
  const size = Math.floor(Math.sqrt(values.length));
  const batches = Math.floor(values.length / size);
  const means = Float64Array.from(
    { length: batches },
    (_, batch) => sum(values.subarray(batch * size, (batch + 1) * size)) / size,
  );
  return Math.max(variance(values), batches < 10 ? 0 : size * variance(means));
}

function variance(values: Float64Array): number {
  const centre = sum(values) / values.length;
  let squares = 0;
  for (const value of values) squares += (value - centre) ** 2;
  return squares / Math.max(1, values.length - 1);
}

function sum(values: Float64Array): number {
  let all = 0;
  for (const value of values) all += value;
  return all;
}
