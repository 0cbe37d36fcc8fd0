import { shares } from '../binning.ts';
import { type DriftTest, distance, distanceThreshold } from '../drift-test.ts';

export const nannymlLInfinityTest = {
  name: 'nannyml:l_infinity',
  description: "NannyML's L-infinity distance: the largest difference of a value's shares.",
  kind: 'distance',
  takes: ['categorical'],
  threshold: distanceThreshold,
  inclusive: false,
  measure: (samples) => {
    const counts = samples.counts();
    const current = shares(counts.current);
    const largest = shares(counts.reference).reduce(
      (most, share, index) => Math.max(most, Math.abs(share - (current[index] ?? 0))),
      0,
    );
    return distance(largest);
  },
} as const satisfies DriftTest;
