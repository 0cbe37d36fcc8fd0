import { z } from 'zod';
import { verdictDefinition } from './verdict.ts';

/** Counts over shared bins, for overlaid distributions; shares are computed by the reader from the counts. */
const distribution = z.object({
  /** `edges` has one more entry than the counts for a numerical feature; `labels` as many for a categorical one. */
  edges: z.array(z.number()).optional(),
  labels: z.array(z.string()).optional(),
  reference: z.array(z.int()),
  current: z.array(z.int()),
});

const summary = z.object({
  mean: z.number().nullable(),
  deviation: z.number().nullable(),
  minimum: z.number().nullable(),
  median: z.number().nullable(),
  maximum: z.number().nullable(),
});

export const driftFeatureDefinition = z.object({
  name: z.string(),
  type: z.enum(['numerical', 'categorical', 'text']),
  test: z.enum(['ks', 'wasserstein', 'chisquare', 'z', 'jensenshannon', 'none']),
  /** What is compared with the threshold; for a p-value test it is the p-value. Null when the test is not defined. */
  score: z.number().nullable(),
  p_value: z.number().nullable(),
  threshold: z.number().nullable(),
  drifted: z.boolean(),
  /** Why there is no score, or what to know of it. */
  note: z.string().optional(),
  missing: z.object({ reference: z.number(), current: z.number() }),
  summary: z.object({ reference: summary, current: summary }).optional(),
  distribution: distribution.optional(),
});

export const driftResultDefinition = z.object({
  status: verdictDefinition,
  reference: z.object({ rows: z.int() }),
  current: z.object({ rows: z.int() }),
  features_total: z.int(),
  features_drifted: z.int(),
  share_drifted: z.number(),
  /** Path of the HTML report, null when none was asked for. */
  report: z.string().nullable(),
  features: z.array(driftFeatureDefinition),
  /** What else the reader should know, such as columns that only one side has. */
  notes: z.array(z.string()).optional(),
});

export type DriftFeature = z.infer<typeof driftFeatureDefinition>;
export type DriftResult = z.infer<typeof driftResultDefinition>;
export type FeatureDistribution = z.infer<typeof distribution>;
