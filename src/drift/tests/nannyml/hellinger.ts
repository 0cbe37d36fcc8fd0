import { type DriftTest, distance, distanceThreshold } from '../drift-test.ts';
import { hellingerDistance } from '../hellinger.ts';
import { referenceCounts } from './reference-counts.ts';

export const nannymlHellingerTest = {
  name: 'nannyml:hellinger',
  description: "NannyML's Hellinger distance, 0 to 1, in the reference's bins.",
  kind: 'distance',
  takes: ['numerical', 'categorical'],
  threshold: distanceThreshold,
  inclusive: false,
  measure: (samples) => distance(hellingerDistance(referenceCounts(samples))),
} as const satisfies DriftTest;
