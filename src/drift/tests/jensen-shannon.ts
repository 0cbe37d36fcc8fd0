import { jensenShannonFloor } from '../noise-floor/jensen-shannon-floor.ts';
import { type Counts, evidentlyCounts } from './binning.ts';
import { aboveFloor, type DriftTest, distanceThreshold, type Measurement } from './drift-test.ts';
import { jensenShannonDistance } from './jensen-shannon-distance.ts';

export const jensenShannonTest = {
  name: 'jensenshannon',
  description: 'Jensen-Shannon distance of the distributions (natural logarithm): categories, or numbers.',
  kind: 'distance',
  takes: ['numerical', 'categorical'],
  threshold: distanceThreshold,
  inclusive: true,
  measure: (samples) => measureCounts(evidentlyCounts(samples)),
} as const satisfies DriftTest;

/** The distance of counts, and what chance makes of it; neither side without rows. */
export function measureCounts(counts: Counts): Measurement {
  return aboveFloor(jensenShannonDistance(counts), jensenShannonFloor(counts));
}
