import { z } from 'zod';
import { driftFeatureDefinition } from './drift.ts';
import { featureRunDefinition } from './drift-history.ts';
import { dataIssueDefinition } from './quality.ts';

/** `drift explain`: everything that is known of one feature. */
export const driftExplainDefinition = z.object({
  feature: driftFeatureDefinition,
  /** Names and rows of the two sides, and when they were compared. */
  reference: z.object({ name: z.string(), rows: z.int() }),
  current: z.object({ name: z.string(), rows: z.int() }),
  at: z.string(),
  /** What the test measures; null where none was made. */
  test: z.string().nullable(),
  /** Why the score is held against that limit; null where there is none. */
  limit: z.string().nullable(),
  issues: z.array(dataIssueDefinition),
  /** The feature in the monitoring runs up to this result, oldest first; none for bare files. */
  runs: z.array(featureRunDefinition),
});

export type DriftExplanation = z.infer<typeof driftExplainDefinition>;
