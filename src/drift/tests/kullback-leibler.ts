import { type Counts, evidentlyCounts, shares, sharesWithoutZero } from './binning.ts';
import { type DriftTest, distance, distanceThreshold } from './drift-test.ts';

export const kullbackLeiblerTest = {
  name: 'kl_div',
  description: 'Kullback-Leibler divergence of the reference from the current distribution, in nats.',
  kind: 'distance',
  takes: ['numerical', 'categorical'],
  threshold: distanceThreshold,
  inclusive: true,
  measure: (samples) => distance(kullbackLeiblerDivergence(evidentlyCounts(samples))),
} as const satisfies DriftTest;

/** Sum of r ln(r / c) over shares without zeros, each side made to add up to 1 again. */
function kullbackLeiblerDivergence(counts: Counts): number {
  const current = shares(sharesWithoutZero(counts.current));
  return shares(sharesWithoutZero(counts.reference)).reduce(
    (sum, share, index) => sum + share * Math.log(share / (current[index] ?? 0)),
    0,
  );
}
