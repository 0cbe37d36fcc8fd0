import type { NumericFeature } from './binned-feature.ts';
import { leafGain, leafGainAt, leafValue } from './leaf-value.ts';
import { type FeatureSplit, type FeatureSums, leastGain, type SplitLimits } from './split.ts';

interface Cut {
  bin: number;
  missingLeft: boolean;
  gain: number;
  leftGradient: number;
  leftHessian: number;
}

/**
 * Tries every cut between bins, with missing values on either side. Where the leaf has none, those that come later go with
 * the larger part, as in scikit-learn's HistGradientBoosting.
 * @param direction 1 or -1 where the answer may only rise, or fall, with the feature; 0 for either
 */
export function splitByThreshold(
  { upper, size }: NumericFeature,
  sums: FeatureSums,
  limits: SplitLimits,
  direction: number,
): FeatureSplit | undefined {
  const { histogram, offset, all, bounds, unsplit } = sums;
  const { minRowsPerLeaf, minChildWeight, minGain } = limits;
  const constrained = direction !== 0 || Number.isFinite(bounds.least) || Number.isFinite(bounds.most);
  const best: Cut = {
    bin: -1,
    missingLeft: false,
    gain: unsplit + Math.max(minGain, leastGain),
    leftGradient: 0,
    leftHessian: 0,
  };
  const gainOf = (leftGradient: number, leftHessian: number): number => {
    const rightGradient = all.gradient - leftGradient;
    const rightHessian = all.hessian - leftHessian;
    if (!constrained)
      return leafGain(leftGradient, leftHessian, limits) + leafGain(rightGradient, rightHessian, limits);
    const left = leafValue(leftGradient, leftHessian, limits, bounds);
    const right = leafValue(rightGradient, rightHessian, limits, bounds);
    if ((right - left) * direction < 0) return Number.NEGATIVE_INFINITY;
    return (
      leafGainAt(left, leftGradient, leftHessian, limits) +
      leafGainAt(right, rightGradient, rightHessian, limits)
    );
  };
  const consider = (bin: number, missingLeft: boolean, gradient: number, hessian: number, rows: number) => {
    if (rows < minRowsPerLeaf || all.rows - rows < minRowsPerLeaf) return;
    if (hessian < minChildWeight || all.hessian - hessian < minChildWeight) return;
    const gain = gainOf(gradient, hessian);
    if (!(gain > best.gain)) return;
    best.bin = bin;
    best.missingLeft = missingLeft;
    best.gain = gain;
    best.leftGradient = gradient;
    best.leftHessian = hessian;
  };
  const missing = offset + size - 1;
  const missingRows = histogram.rows[missing] ?? 0;
  const missingGradient = histogram.sums[2 * missing] ?? 0;
  const missingHessian = histogram.sums[2 * missing + 1] ?? 0;
  let gradient = 0;
  let hessian = 0;
  let rows = 0;
  let rowsAtBest = 0;
  for (let bin = 0; bin < upper.length; bin++) {
    const cell = offset + bin;
    const here = histogram.rows[cell] ?? 0;
    if (here === 0) continue;
    gradient += histogram.sums[2 * cell] ?? 0;
    hessian += histogram.sums[2 * cell + 1] ?? 0;
    rows += here;
    consider(bin, false, gradient, hessian, rows);
    if (missingRows > 0)
      consider(bin, true, gradient + missingGradient, hessian + missingHessian, rows + missingRows);
    if (best.bin === bin) rowsAtBest = rows;
  }
  if (best.bin < 0) return undefined;
  const missingLeft = missingRows > 0 ? best.missingLeft : 2 * rowsAtBest > all.rows;
  const goesLeft = new Uint8Array(size).fill(1, 0, best.bin + 1);
  goesLeft[size - 1] = Number(missingLeft);
  return {
    gain: best.gain - unsplit,
    goesLeft,
    bin: best.bin,
    leftValue: leafValue(best.leftGradient, best.leftHessian, limits, bounds),
    rightValue: leafValue(all.gradient - best.leftGradient, all.hessian - best.leftHessian, limits, bounds),
  };
}
