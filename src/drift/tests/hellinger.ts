import type { Samples } from '../samples.ts';
import { type Counts, countsBetween, shares, sturgesEdges } from './binning.ts';
import { type DriftTest, distance, distanceThreshold } from './drift-test.ts';

export const hellingerTest = {
  name: 'hellinger',
  description: 'Hellinger distance of the distributions, 0 to 1: categories, or numbers in bins.',
  kind: 'distance',
  takes: ['numerical', 'categorical'],
  threshold: distanceThreshold,
  inclusive: true,
  measure: (samples) => distance(hellingerDistance(hellingerCounts(samples))),
} as const satisfies DriftTest;

/** Bins of numbers as Evidently 0.7.23: Sturges' rule counts distinct values here, not rows. */
function hellingerCounts(samples: Samples): Counts {
  if (samples.type === 'categorical' || samples.distinct < 2) return samples.counts();
  return countsBetween(samples, sturgesEdges(samples.tallies().values, samples.distinct, samples.whole));
}

/** sqrt(1 - sum sqrt(p q)), as the sum of squared differences of roots, which keeps the digits of small distances. */
export function hellingerDistance(counts: Counts): number {
  const current = shares(counts.current);
  const squares = shares(counts.reference).reduce(
    (sum, share, index) => sum + (Math.sqrt(share) - Math.sqrt(current[index] ?? 0)) ** 2,
    0,
  );
  return Math.sqrt(squares / 2);
}
