import { z } from 'zod';
import { verdictDefinition } from './verdict.ts';

const run = z.object({
  run_id: z.string(),
  at: z.string(),
  status: verdictDefinition,
  model_version: z.string().nullable(),
  rows: z.int(),
  features_total: z.int(),
  features_drifted: z.int(),
  share_drifted: z.number(),
});

const measured = z.object({
  test: z.string(),
  score: z.number().nullable(),
  threshold: z.number().nullable(),
  drifted: z.boolean(),
});

export const driftChanges = [
  'newly_drifted',
  'no_longer_drifted',
  'still_drifted',
  'appeared',
  'disappeared',
  'still_calm',
] as const;

/** `drift compare`: two monitoring runs, the first the one that is compared with. */
export const driftCompareDefinition = z.object({
  before: run,
  after: run,
  sentence: z.string(),
  /** In the order of the changes above, within a change as the later run has them. */
  features: z.array(
    z.object({
      name: z.string(),
      change: z.enum(driftChanges),
      /** Null where that run did not have the feature. */
      before: measured.nullable(),
      after: measured.nullable(),
      sentence: z.string(),
    }),
  ),
  /** What else differs between the runs, such as the model's version. */
  notes: z.array(z.string()),
});

export type DriftComparison = z.infer<typeof driftCompareDefinition>;
export type FeatureChange = DriftComparison['features'][number];
