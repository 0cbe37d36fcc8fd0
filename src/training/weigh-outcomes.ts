import { DataError } from '../platform/errors.ts';
import { sharedNumbers } from './fit/shared-arrays.ts';

/**
 * How much each row counts: its own weight, times that of its outcome; in shared memory.
 * @param positiveWeight LightGBM's `scale_pos_weight`; `balanced` as scikit-learn's `class_weight`: rows / (2 x rows of the class)
 * @throws DataError when a weight is negative, missing or infinite, or all rows of an outcome weigh nothing
 */
export function weighOutcomes(
  target: Float64Array,
  weights: Float64Array | undefined,
  positiveWeight: number | 'balanced',
): Float64Array {
  const weighed = weights === undefined ? new Float64Array(target.length).fill(1) : checked(weights);
  const totals = [0, 0];
  for (let row = 0; row < target.length; row++) {
    const outcome = target[row] ?? 0;
    totals[outcome] = (totals[outcome] ?? 0) + (weighed[row] ?? 0);
  }
  const [negatives = 0, positives = 0] = totals;
  if (negatives === 0 || positives === 0) {
    throw new DataError(`all rows with target ${negatives === 0 ? 0 : 1} weigh nothing`, {
      remedy: 'give rows of both outcomes a weight above 0',
    });
  }
  const balanced = positiveWeight === 'balanced';
  const forNegative = balanced ? (negatives + positives) / (2 * negatives) : 1;
  const forPositive = balanced ? (negatives + positives) / (2 * positives) : positiveWeight;
  const counted = sharedNumbers(target.length);
  for (let row = 0; row < counted.length; row++)
    counted[row] = (weighed[row] ?? 0) * (target[row] === 1 ? forPositive : forNegative);
  return counted;
}

function checked(weights: Float64Array): Float64Array {
  const odd = weights.findIndex((weight) => !(weight >= 0 && Number.isFinite(weight)));
  if (odd < 0) return weights;
  const found = weights[odd];
  throw new DataError(`the weight is ${Number.isNaN(found) ? 'missing' : found} in row ${odd + 1}`, {
    why: 'a weight says how much a row counts: 0 or more',
    remedy: 'correct the column of weights',
  });
}
