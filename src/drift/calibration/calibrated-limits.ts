import type { DriftCalibration } from '../../data/results/drift-calibration.ts';
import { type DriftTest, driftTests } from '../tests/index.ts';

/** Rows of the two sides of a comparison, the missing ones with them. */
export interface RowsOfSides {
  readonly reference: number;
  readonly current: number;
}

/** Thresholds of a calibration, for windows of any size. */
export interface CalibratedLimits {
  /** Chance that a report in which nothing moved names a feature. */
  readonly falseAlarms: number;
  /** The test that the feature was calibrated by, whatever values a week brings; undefined where it takes no such type. */
  testOf(feature: string, type: 'numerical' | 'categorical'): DriftTest | undefined;
  /** What the test's score is held against; undefined where the feature was calibrated by another test, or by none. */
  limitOf(feature: string, test: DriftTest, rows: RowsOfSides): number | undefined;
  /** The same of the share of missing values; undefined where the reference has none. */
  missingLimitOf(feature: string, rows: RowsOfSides): number | undefined;
}

/**
 * Between two sizes of windows, and beyond them, a distance shrinks as the noise of both sides does, sqrt(1/n + 1/m); what it
 * is a multiple of is taken in between by the logarithm of the rows. P-values do not shrink.
 */
export function calibratedLimits(calibration: DriftCalibration): CalibratedLimits {
  const { sizes, reference } = calibration;
  const byName = new Map(calibration.features.map((feature) => [feature.name, feature]));
  const distanceAt = (thresholds: readonly number[], rows: RowsOfSides) => {
    const multiples = thresholds.map(
      (threshold, index) => threshold / noise(reference.rows, sizes[index] ?? 1),
    );
    return between(sizes, multiples, rows.current) * noise(rows.reference, rows.current);
  };
  return {
    falseAlarms: calibration.false_alarms,
    testOf: (name, type) => {
      const found = Object.values<DriftTest>(driftTests).find((test) => test.name === byName.get(name)?.test);
      return found?.takes.includes(type) ? found : undefined;
    },
    limitOf: (name, test, rows) => {
      const found = byName.get(name);
      if (found?.test !== test.name) return undefined;
      return test.kind === 'p_value'
        ? between(sizes, found.thresholds, rows.current)
        : distanceAt(found.thresholds, rows);
    },
    missingLimitOf: (name, rows) => {
      const thresholds = byName.get(name)?.missing;
      return thresholds == null ? undefined : distanceAt(thresholds, rows);
    },
  };
}

function noise(reference: number, current: number): number {
  return Math.sqrt(1 / reference + 1 / current);
}

/** Linear in the logarithm of the rows; that of the nearest size beyond the sizes, which are ascending. */
function between(sizes: readonly number[], values: readonly number[], rows: number): number {
  const above = sizes.findIndex((size) => size >= rows);
  const upper = values[above];
  if (upper === undefined) return values.at(-1) ?? 0;
  const [from, until] = [sizes[above - 1], sizes[above]];
  const lower = values[above - 1];
  if (from === undefined || until === undefined || lower === undefined) return upper;
  const part = Math.log(rows / from) / Math.log(until / from);
  return lower + (upper - lower) * part;
}
