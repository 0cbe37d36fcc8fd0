/** What a leaf's value is penalised by. */
export interface Penalty {
  readonly l1: number;
  readonly l2: number;
}

/** Range that a leaf's value must stay in, so that a monotone feature above it keeps its direction. */
export interface Bounds {
  readonly least: number;
  readonly most: number;
}

export const unbounded: Bounds = { least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY };

/**
 * The value that lowers the loss most, by its second-order expansion: -T(G) / (H + l2), where T draws the gradient sum
 * towards 0 by l1 (XGBoost: Chen and Guestrin 2016, eq. 5; LightGBM 4.5, `CalculateSplittedLeafOutput`).
 */
export function leafValue(gradient: number, hessian: number, { l1, l2 }: Penalty, bounds: Bounds): number {
  const value = -softThreshold(gradient, l1) / (hessian + l2);
  return Math.min(bounds.most, Math.max(bounds.least, value));
}

/** Twice the loss that a leaf of its best value takes away. */
export function leafGain(gradient: number, hessian: number, { l1, l2 }: Penalty): number {
  const thresholded = softThreshold(gradient, l1);
  return (thresholded * thresholded) / (hessian + l2);
}

/** Twice the loss that a leaf of this value takes away (LightGBM 4.5, `GetLeafGainGivenOutput`). */
export function leafGainAt(value: number, gradient: number, hessian: number, { l1, l2 }: Penalty): number {
  return -(2 * softThreshold(gradient, l1) * value + (hessian + l2) * value * value);
}

function softThreshold(gradient: number, l1: number): number {
  return l1 === 0 ? gradient : Math.sign(gradient) * Math.max(0, Math.abs(gradient) - l1);
}
