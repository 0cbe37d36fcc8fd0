import { firstAtLeast } from '../../../data/sorted-numbers.ts';
import { countBetween, equalEdges } from '../binning.ts';
import { type DriftTest, distance, distanceThreshold } from '../drift-test.ts';
import { kolmogorovSmirnovDistance } from '../kolmogorov-smirnov.ts';
import { binsOfLargeReference, bySize } from './large-reference.ts';

export const nannymlKolmogorovSmirnovTest = {
  name: 'nannyml:kolmogorov_smirnov',
  description:
    "NannyML's Kolmogorov-Smirnov statistic, at 10,000 places where the reference is as large: numbers.",
  kind: 'distance',
  takes: ['numerical'],
  threshold: distanceThreshold,
  inclusive: false,
  measure: (samples) => distance(bySize(samples, kolmogorovSmirnovDistance, distanceAtEdges)),
} as const satisfies DriftTest;

/** Largest difference of the two distribution functions at the upper edges of equal-width bins of the reference. */
function distanceAtEdges(reference: Float64Array, current: Float64Array): number {
  const edges = equalEdges(reference, binsOfLargeReference);
  const counts = countBetween(current, edges);
  let first = 0;
  let second = firstAtLeast(current, edges[0] ?? 0);
  let largest = 0;
  for (const [bin, count] of countBetween(reference, edges).entries()) {
    first += count;
    second += counts[bin] ?? 0;
    largest = Math.max(largest, Math.abs(first / reference.length - second / current.length));
  }
  return largest;
}
