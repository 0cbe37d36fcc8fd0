import erfc from '@stdlib/math-base-special-erfc';
import type { Labels } from './classification-metrics.ts';
import { firstAbove, firstAtLeast } from './sorted-numbers.ts';

export interface DeLongResult {
  /** ROC AUC of the second model less that of the first. */
  readonly difference: number;
  /** Two-sided; null where the variance cannot be estimated or is 0 while the areas differ. */
  readonly pValue: number | null;
}

/**
 * Test of the difference of two ROC AUC on the same rows (DeLong, DeLong and Clarke-Pearson 1988), by placements instead
 * of all pairs, in O(n log n) as Sun and Xu (2014) do; ties count one half.
 *
 * The variance is taken of the differences of the placements, which equals var(a) + var(b) - 2 cov(a, b).
 * @param first probabilities of one model, one a row, finite
 * @param second of the other, the same rows
 * @param labels 0 or 1, one a row
 * @returns null when only one class is there
 */
export function delongTest(first: Float64Array, second: Float64Array, labels: Labels): DeLongResult | null {
  const before = placements(first, labels);
  const after = placements(second, labels);
  if (before.ofPositives.length === 0 || before.ofNegatives.length === 0) return null;
  const positives = spread(before.ofPositives, after.ofPositives);
  const negatives = spread(before.ofNegatives, after.ofNegatives);
  const difference = positives.mean;
  if (difference === 0) return { difference, pValue: 1 };
  const variance = positives.varianceOfMean + negatives.varianceOfMean;
  const pValue = variance > 0 ? erfc(Math.abs(difference) / Math.sqrt(2 * variance)) : null;
  return { difference, pValue };
}

export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Two-sided 95 %. */
const normalQuantile = 1.959963984540054;

/**
 * ROC AUC with its 95 % interval by DeLong's variance, clipped to 0..1.
 * @param probabilities one a row, finite
 * @param labels 0 or 1, one a row
 * @returns null when a class has fewer than two rows
 */
export function rocAucInterval(probabilities: Float64Array, labels: Labels): Interval | null {
  const { ofPositives, ofNegatives } = placements(probabilities, labels);
  if (ofPositives.length < 2 || ofNegatives.length < 2) return null;
  const positives = spread(new Float64Array(ofPositives.length), ofPositives);
  const negatives = spread(new Float64Array(ofNegatives.length), ofNegatives);
  const half = normalQuantile * Math.sqrt(positives.varianceOfMean + negatives.varianceOfMean);
  const value = positives.mean;
  return { value, low: Math.max(0, value - half), high: Math.min(1, value + half) };
}

interface Placements {
  /** A positive row: the share of negative rows below it. */
  readonly ofPositives: Float64Array;
  /** A negative row: the share of positive rows above it. */
  readonly ofNegatives: Float64Array;
}

function placements(probabilities: Float64Array, labels: Labels): Placements {
  const positives = probabilities.filter((_, row) => labels[row] === 1);
  const negatives = probabilities.filter((_, row) => labels[row] !== 1);
  const positivesSorted = positives.toSorted();
  const negativesSorted = negatives.toSorted();
  return {
    ofPositives: positives.map((value) => shareBelow(negativesSorted, value)),
    ofNegatives: negatives.map((value) => 1 - shareBelow(positivesSorted, value)),
  };
}

/** Share of the sorted values below `value`, equal ones by half. */
function shareBelow(sorted: Float64Array, value: number): number {
  return (firstAtLeast(sorted, value) + firstAbove(sorted, value)) / 2 / sorted.length;
}

/** Mean of the differences, and the sample variance of that mean; not a number for a single value. */
function spread(before: Float64Array, after: Float64Array): { mean: number; varianceOfMean: number } {
  const n = before.length;
  const differences = after.map((value, index) => value - (before[index] ?? 0));
  const mean = differences.reduce((sum, value) => sum + value, 0) / n;
  const squares = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, varianceOfMean: squares / (n - 1) / n };
}
