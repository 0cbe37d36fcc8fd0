import { quantile } from '../../data/sorted-numbers.ts';
import { populationDeviation } from '../moments.ts';
import type { NoiseFloor } from '../noise-floor/noise-floor.ts';
import { stepsOfDistribution } from '../noise-floor/wasserstein-floor.ts';
import { outerFences } from '../quality/outliers.ts';
import { valueAt } from '../value-counts.ts';
import { aboveFloor, type DriftTest, distanceThreshold } from './drift-test.ts';

export const robustWassersteinTest = {
  name: 'robust_wasserstein',
  description:
    "Wasserstein distance over the reference's interquartile range, outliers drawn in to its fences: numbers.",
  kind: 'distance',
  takes: ['numerical'],
  threshold: distanceThreshold,
  inclusive: true,
  measure: (samples) => {
    const { distance, floor } = robustWasserstein(samples.sorted().reference, samples.sorted().current);
    return aboveFloor(distance, floor);
  },
} as const satisfies DriftTest;

/** Interquartile range of a normal distribution of deviation 1. */
const normalRange = 1.349;
/** Interquartile ranges from one outer fence to the other. */
const fencesApart = 7;
/** Where the quartiles are one value: the reference's bulk, and how many of its deviations further out values are told apart. */
const bulk = [0.005, 0.995] as const;
const beyondBulk = 3;
/** Part of a constant by which another value has to differ to be another. */
const smallestStep = 1e-9;

/** Bounds that values are drawn in to, and the unit that distances are told in. */
interface RobustScale {
  readonly low: number;
  readonly high: number;
  readonly unit: number;
}

/**
 * The reference's scale as outliers cannot own it.
 *
 * Bounds at Tukey's outer fences, three interquartile ranges beyond the quartiles, and the unit IQR / 1.349, a deviation
 * where the values are normal. Fences rather than far quantiles: of a feature with a fifth of its rows far out (a debt ratio)
 * the noise of that fifth would hide everything, while rows that leave the range still count as far as the fence. Where the
 * quartiles are equal, as of most counts: the middle 99 % widened by three of its deviations, and that deviation. Where
 * these are equal too, any other value is one unit away, so that a constant that moves is found.
 * @param sorted ascending, not empty
 */
function robustScale(sorted: Float64Array): RobustScale {
  const fences = outerFences(sorted);
  if (fences !== undefined) {
    const [low, high] = fences;
    return { low, high, unit: (high - low) / fencesApart / normalRange };
  }
  const [low, high] = [quantile(sorted, bulk[0]), quantile(sorted, bulk[1])];
  if (low === high) {
    const unit = smallestStep * (Math.abs(low) || 1);
    return { low: low - unit, high: high + unit, unit };
  }
  const unit = populationDeviation(sorted.map((value) => Math.min(high, Math.max(low, value))));
  return { low: low - beyondBulk * unit, high: high + beyondBulk * unit, unit };
}

export interface RobustDistance {
  /** First Wasserstein distance of the values drawn in to the bounds, in units of the scale. */
  readonly distance: number;
  /** Of two samples of these sizes from both sides taken together. */
  readonly floor: Required<NoiseFloor>;
}

/** Both sides sorted ascending, without missing values, not empty. */
export function robustWasserstein(reference: Float64Array, current: Float64Array): RobustDistance {
  const { low, high, unit } = robustScale(reference);
  const n = reference.length;
  const m = current.length;
  const steps = stepsOfDistribution();
  let distance = 0;
  let last = Number.NaN;
  for (let i = 0, j = 0; i < n || j < m; ) {
    const value = Math.min(valueAt(reference, i), valueAt(current, j));
    const drawnIn = Math.min(high, Math.max(low, value));
    const width = (drawnIn - last) / unit;
    if (width > 0) {
      distance += Math.abs(i / n - j / m) * width;
      steps.add((i + j) / (n + m), width);
    }
    last = drawnIn;
    while (i < n && reference[i] === value) i++;
    while (j < m && current[j] === value) j++;
  }
  return { distance, floor: steps.floor(n, m) };
}
