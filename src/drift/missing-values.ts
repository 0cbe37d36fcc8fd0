import { type FeatureProfile, presentRows } from './feature-profile.ts';
import { type Measurement, measureCounts } from './tests/index.ts';

/** Missing and present rows compared as two categories are; undefined where no row is missing, or one side has no rows. */
export function measureMissing(reference: FeatureProfile, current: FeatureProfile): Measurement | undefined {
  const present = [presentRows(reference), presentRows(current)] as const;
  const missing = [reference.rows - present[0], current.rows - present[1]] as const;
  if (missing[0] + missing[1] === 0 || reference.rows === 0 || current.rows === 0) return undefined;
  return measureCounts({ reference: [missing[0], present[0]], current: [missing[1], present[1]] });
}
