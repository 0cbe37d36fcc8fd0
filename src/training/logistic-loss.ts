/** First and second derivatives of the loss, one a row. */
export interface Derivatives {
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
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
