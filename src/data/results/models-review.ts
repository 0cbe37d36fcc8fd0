import { z } from 'zod';
import { registeredMetricsDefinition } from './classification.ts';
import { intervalDefinition } from './model-evaluation.ts';
import { verdictDefinition } from './verdict.ts';

/** Of a version's own predictions whose label is known. */
export const reviewedFiguresDefinition = z.object({
  rows: z.int(),
  positives: z.int(),
  /** By Wilson; null where nothing was predicted, or is, 1. */
  precision: intervalDefinition.nullable(),
  recall: intervalDefinition.nullable(),
  f1: z.number().nullable(),
  /** By DeLong; null where a class has fewer than two rows. */
  roc_auc: intervalDefinition.nullable(),
  brier: z.number(),
});

const reviewed = z.object({
  version: z.string(),
  created_at: z.string(),
  /** On the rows that validated it; null where none came with the model. */
  registered: registeredMetricsDefinition.nullable(),
  /** On its own predictions whose label is known; null where there are none. */
  live: reviewedFiguresDefinition.nullable(),
});

export const modelsReviewDefinition = z.object({
  /** WARNING when there is a finding to act on. */
  status: verdictDefinition,
  at: z.string(),
  production: reviewed.extend({ since: z.string().nullable(), days: z.number().nullable() }),
  /** Null where no version waits. */
  staging: reviewed.nullable(),
  /** The last decision on the one in Staging. */
  gate: z
    .object({
      decision_id: z.string(),
      at: z.string(),
      decision: z.enum(['promote', 'reject']),
      rows: z.int(),
      failed: z.array(z.string()),
    })
    .nullable(),
  /** By the week in which the predictions were made, whatever version made them; oldest first. */
  weeks: z.array(
    z.object({
      /** Its Monday, 00:00 UTC. */
      week: z.string(),
      rows: z.int(),
      positives: z.int(),
      f1: z.number().nullable(),
      brier: z.number().nullable(),
    }),
  ),
  findings: z.array(z.object({ summary: z.string(), advice: z.string(), warning: z.boolean() })),
});

export type ModelsReview = z.infer<typeof modelsReviewDefinition>;
export type ReviewedFigures = z.infer<typeof reviewedFiguresDefinition>;
