import { firstAbove, firstAtLeast } from '../../../data/sorted-numbers.ts';
import { countBetween, equalEdges } from '../binning.ts';
import { type DriftTest, distance, distanceThreshold } from '../drift-test.ts';
import { wasserstein } from '../wasserstein.ts';
import { binsOfLargeReference, bySize } from './large-reference.ts';

export const nannymlWassersteinTest = {
  name: 'nannyml:wasserstein',
  description: "NannyML's Wasserstein distance, in the feature's own unit: numbers.",
  kind: 'distance',
  takes: ['numerical'],
  threshold: distanceThreshold,
  inclusive: false,
  measure: (samples) => distance(bySize(samples, wasserstein, binnedDistance)),
} as const satisfies DriftTest;

/**
 * NannyML's estimate from bins of the reference: the difference of the distribution functions at the bins' upper edges, and what
 * lies outside the reference's range by its distance to it. As there, the end of the range counts among the rows outside.
 */
function binnedDistance(reference: Float64Array, current: Float64Array): number {
  const edges = equalEdges(reference, binsOfLargeReference);
  const first = edges[0] ?? 0;
  const last = edges.at(-1) ?? 0;
  const smaller = current.subarray(0, firstAtLeast(current, first));
  const larger = current.subarray(firstAbove(current, last));
  const outside = (rows: number) => (rows === 0 ? 0 : (rows + 1) / current.length);
  const width = (edges[1] ?? 0) - first;
  const counts = countBetween(current, edges);
  let within = 0;
  let before = 0;
  let after = 0;
  for (const [bin, count] of countBetween(reference, edges).entries()) {
    before += count;
    after += counts[bin] ?? 0;
    const difference = before / reference.length - (after / current.length + outside(smaller.length));
    within += Math.abs(difference) * width;
  }
  return (
    within +
    outside(smaller.length) * meanDistance(smaller, first) +
    outside(larger.length) * meanDistance(larger, last)
  );
}

/** Mean distance of the values to `end`, which counts as one of them. */
function meanDistance(values: Float64Array, end: number): number {
  let sum = 0;
  for (const value of values) sum += Math.abs(value - end);
  return sum / (values.length + 1);
}
