import { populationDeviation } from '../moments.ts';
import { valueAt } from '../value-counts.ts';
import { type DriftTest, distance, distanceThreshold } from './drift-test.ts';

export const wassersteinTest = {
  name: 'wasserstein',
  description: "Wasserstein distance over the reference's standard deviation: numbers.",
  kind: 'distance',
  takes: ['numerical'],
  threshold: distanceThreshold,
  inclusive: true,
  measure: (samples) => distance(normedWasserstein(samples.sorted().reference, samples.sorted().current)),
} as const satisfies DriftTest;

/** Below this a reference's deviation is taken as this much, so that a constant reference divides by no zero. */
const smallestDeviation = 0.001;

/**
 * First Wasserstein distance in units of the reference's population standard deviation: Evidently 0.7.23 `wasserstein`.
 * @param reference sorted ascending, without missing values, not empty
 * @param current sorted ascending, without missing values, not empty
 */
function normedWasserstein(reference: Float64Array, current: Float64Array): number {
  return wasserstein(reference, current) / Math.max(populationDeviation(reference), smallestDeviation);
}

/** Integral of |F - G| over the merged values, as scipy `wasserstein_distance`; both sorted ascending, not empty. */
export function wasserstein(reference: Float64Array, current: Float64Array): number {
  const n = reference.length;
  const m = current.length;
  let i = 0;
  let j = 0;
  let distance = 0;
  let last = Math.min(reference[0] ?? 0, current[0] ?? 0);
  while (i < n || j < m) {
    const value = Math.min(valueAt(reference, i), valueAt(current, j));
    distance += Math.abs(i / n - j / m) * (value - last);
    last = value;
    while (i < n && reference[i] === value) i++;
    while (j < m && current[j] === value) j++;
  }
  return distance;
}
