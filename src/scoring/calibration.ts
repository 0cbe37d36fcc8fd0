/** What turns a model's score into a probability that was measured on rows it did not learn from. */
export type Calibration =
  | { readonly kind: 'sigmoid'; readonly slope: number; readonly intercept: number }
  /** Straight lines between these points; the first and the last probability beyond them. Scores rise, probabilities never fall. */
  | {
      readonly kind: 'isotonic';
      readonly scores: readonly number[];
      readonly probabilities: readonly number[];
    };

/** Probability of outcome 1, 0..1. */
export function calibrated(calibration: Calibration, score: number): number {
  return calibration.kind === 'sigmoid'
    ? 1 / (1 + Math.exp(-(calibration.slope * score + calibration.intercept)))
    : interpolate(calibration, score);
}

function interpolate(
  { scores, probabilities }: Extract<Calibration, { kind: 'isotonic' }>,
  score: number,
): number {
  const above = firstNotBelow(scores, score);
  if (above === 0) return probabilities[0] ?? Number.NaN;
  if (above === scores.length) return probabilities.at(-1) ?? Number.NaN;
  const [x, nextX] = [scores[above - 1] ?? 0, scores[above] ?? 0];
  const [y, nextY] = [probabilities[above - 1] ?? 0, probabilities[above] ?? 0];
  return ((nextY - y) / (nextX - x)) * (score - x) + y;
}

/** Place of the first of the rising numbers that is not below `value`; their number where there is none. */
function firstNotBelow(numbers: readonly number[], value: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
