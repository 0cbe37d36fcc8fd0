import { z } from 'zod';
import { driftTestNames } from '../../platform/drift-test-names.ts';

const chance = z.number().gt(0).lt(1);
const threshold = z.number().nonnegative();

/** What `drift calibrate` keeps beside the schema: thresholds by feature and size of the window, and what they hold for. */
export const driftCalibrationDefinition = z.strictObject({
  format: z.literal(1),
  /** ISO 8601. */
  made_at: z.string(),
  /** Chance that a report in which nothing moved names a feature, and the standard error that the draws leave it with. */
  false_alarms: chance,
  standard_error: z.number(),
  seed: z.int(),
  draws: z.int().positive(),
  /** The rows that were resampled; of another content the calibration is not used. */
  reference: z.strictObject({ name: z.string(), rows: z.int().positive(), sha256: z.string() }),
  /** Column of times that the rows were ordered by; null where they were taken as independent. */
  time: z.string().nullable(),
  /** Rows that were drawn together, because neighbours are alike; 1 of independent rows. */
  block_rows: z.int().positive(),
  /** Rows of the windows, ascending. */
  sizes: z.array(z.int().positive()).min(1),
  features: z.array(
    z.strictObject({
      name: z.string(),
      test: z.enum(driftTestNames),
      /** One for each of `sizes`: the score of the test that chance alone seldom reaches. */
      thresholds: z.array(threshold),
      /** The same of its missing values, by the Jensen-Shannon distance; null where the reference has none. */
      missing: z.array(threshold).nullable(),
    }),
  ),
  /** Features of the reference that have no threshold here, and why. */
  not_calibrated: z.array(z.strictObject({ name: z.string(), why: z.string() })),
});

export const driftCalibrateDefinition = driftCalibrationDefinition.extend({
  /** Where it was written. */
  file: z.string(),
});

export type DriftCalibration = z.infer<typeof driftCalibrationDefinition>;
export type DriftCalibrateResult = z.infer<typeof driftCalibrateDefinition>;
