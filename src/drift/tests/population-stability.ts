import { type Counts, evidentlyCounts, sharesWithoutZero } from './binning.ts';
import { type DriftTest, distance, distanceThreshold } from './drift-test.ts';

export const populationStabilityTest = {
  name: 'psi',
  description: 'Population stability index: what both sides lose in each bin, weighted by its log ratio.',
  kind: 'distance',
  takes: ['numerical', 'categorical'],
  threshold: distanceThreshold,
  inclusive: true,
  measure: (samples) => distance(populationStabilityIndex(evidentlyCounts(samples))),
} as const satisfies DriftTest;

/** Sum of (r - c) ln(r / c) over shares without zeros. */
function populationStabilityIndex(counts: Counts): number {
  const current = sharesWithoutZero(counts.current);
  return sharesWithoutZero(counts.reference).reduce((sum, share, index) => {
    const other = current[index] ?? 0;
    return sum + (share - other) * Math.log(share / other);
  }, 0);
}
