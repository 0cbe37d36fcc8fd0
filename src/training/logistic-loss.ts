import type { Derivatives } from './histogram.ts';

/** The log odds that fit the first rows best, with half a row of each outcome added so that they are finite. */
export function baseLogOdds(target: Float64Array, weights: Float64Array, rows: number): number {
  let positives = 0.5;
  let all = 1;
  for (let row = 0; row < rows; row++) {
    const weight = weights[row] ?? 0;
    positives += weight * (target[row] ?? 0);
    all += weight;
  }
  return Math.log(positives / (all - positives));
}

/** Sets the derivatives of the weighted log loss by the log odds, one for each row that they have room for. */
export function setDerivatives(
  { gradient, hessian }: Derivatives,
  scores: Float64Array,
  target: Float64Array,
  weights: Float64Array,
): void {
  for (let row = 0; row < gradient.length; row++) {
    const probability = 1 / (1 + Math.exp(-(scores[row] ?? 0)));
    const weight = weights[row] ?? 0;
    gradient[row] = weight * (probability - (target[row] ?? 0));
    hessian[row] = weight * probability * (1 - probability);
  }
}

/** Weighted mean log loss of the rows from `first` on; 0 where there are none. */
export function meanLogLoss(
  scores: Float64Array,
  target: Float64Array,
  weights: Float64Array,
  first: number,
): number {
  const { loss, weight } = sumLogLoss(scores, target, weights, first);
  return weight === 0 ? 0 : loss / weight;
}

/** Weighted log loss and weight of the rows from `first` on, added up; `scores` are log odds. */
export function sumLogLoss(
  scores: Float64Array,
  target: Float64Array,
  weights: Float64Array,
  first: number,
): { readonly loss: number; readonly weight: number } {
  let loss = 0;
  let all = 0;
  for (let row = first; row < target.length; row++) {
    const score = scores[row] ?? 0;
    const weight = weights[row] ?? 0;
    const ifNegative = Math.log1p(Math.exp(-Math.abs(score))) + Math.max(score, 0);
    loss += weight * (ifNegative - score * (target[row] ?? 0));
    all += weight;
  }
  return { loss, weight: all };
}
