import { z } from 'zod';
import { verdictDefinition } from './verdict.ts';

const shares = z.object({ reference: z.number(), current: z.number() });

/** Missing values and outliers of one feature, before and after; shares 0..1. */
export const featureQualityDefinition = z.object({
  name: z.string(),
  missing: shares.extend({
    /** Two-sided test of two proportions; null when one side has no rows. */
    p_value: z.number().nullable(),
    /** The share moved by more than sampling explains and by enough to matter, up or down. */
    jumped: z.boolean(),
  }),
  /** Null for features that are not numerical, and where the reference has no spread to fence. */
  outliers: shares
    .extend({
      /** The reference's quartiles, three interquartile ranges further out. */
      fences: z.tuple([z.number(), z.number()]),
      jumped: z.boolean(),
    })
    .nullable(),
});

export const volumeResultDefinition = z.object({
  status: verdictDefinition,
  /** Predictions in the hour that ended last, and in the last 24 hours; null where history is shorter. */
  last_hour: z.int().nullable(),
  last_day: z.int().nullable(),
  /** The largest hour of the last 24. */
  busiest_hour: z.int().nullable(),
  /** Median of the same hour on the days before; null with fewer than three of them. */
  normal_hour: z.number().nullable(),
  /** What a WARNING or CRITICAL is about; null for the other verdicts. */
  cause: z.enum(['low_hour', 'low_day', 'busy_hour']).nullable(),
  sentence: z.string(),
});

export const dataIssueKinds = [
  'missing_column',
  'extra_column',
  'type_break',
  'swapped',
  'constant',
  'frozen',
  'unit_change',
  'sentinel',
  'clipped',
  'rounded',
  'range_break',
  'encoding',
  'unseen_category',
  'missing_jump',
  'time_zone',
  'row_number',
  'duplicate_rows',
] as const;

export const dataIssueDefinition = z.object({
  kind: z.enum(dataIssueKinds),
  /** The feature or column that shows it; null of a fault of whole rows. */
  feature: z.string().nullable(),
  /** Current rows that show it. */
  rows: z.int(),
  /** One value that shows it; null when there is none to show. */
  example: z.string().nullable(),
  /** How sure it is that the data, not the population, is at fault: 0..1. */
  confidence: z.number().min(0).max(1),
  sentence: z.string(),
});

export type FeatureQuality = z.infer<typeof featureQualityDefinition>;
export type VolumeResult = z.infer<typeof volumeResultDefinition>;
export type DataIssue = z.infer<typeof dataIssueDefinition>;
