import { type DriftTest, distance, distanceThreshold } from '../drift-test.ts';
import { jensenShannonDistance } from '../jensen-shannon-distance.ts';
import { referenceCounts } from './reference-counts.ts';

export const nannymlJensenShannonTest = {
  name: 'nannyml:jensen_shannon',
  description: "NannyML's Jensen-Shannon distance, base 2 and so 0 to 1, in the reference's bins.",
  kind: 'distance',
  takes: ['numerical', 'categorical'],
  threshold: distanceThreshold,
  inclusive: false,
  measure: (samples) => distance(jensenShannonDistance(referenceCounts(samples)) / Math.sqrt(Math.LN2)),
} as const satisfies DriftTest;
