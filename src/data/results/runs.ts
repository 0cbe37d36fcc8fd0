import { z } from 'zod';
import { tuningTrialDefinition } from './train.ts';

export const runStatusDefinition = z.enum([
  'running',
  'done',
  'failed',
  'rejected',
  'inconclusive',
  'stopped',
  'killed',
]);

/** Why a run did not bring a model. */
export const runCauseDefinition = z.enum([
  'too_few_labels',
  'validation',
  'gate_rejected',
  'out_of_memory',
  'interrupted',
  'crashed',
  'other',
]);

const listed = z.object({
  run: z.int(),
  kind: z.enum(['training', 'heal']),
  started_at: z.string(),
  finished_at: z.string().nullable(),
  status: runStatusDefinition,
  what: z.string(),
});

/** Newest first. */
export const runsDefinition = z.object({ runs: z.array(listed) });

export const runDefinition = listed.extend({
  /** Parameters that it tried; none unless it was tuned. */
  trials: z.array(tuningTrialDefinition),
  /** Version that came of it. */
  version: z.string().nullable(),
  steps: z.array(z.object({ state: z.string(), at: z.string(), summary: z.string() })),
  /** Null where nothing went wrong. */
  problem: z
    .object({
      cause: runCauseDefinition,
      message: z.string(),
      why: z.string().nullable(),
      /** What would have been enough, a sentence each. */
      enough: z.array(z.string()),
      /** What to do, a sentence each. */
      next: z.array(z.string()),
    })
    .nullable(),
});

export type RunStatus = z.infer<typeof runStatusDefinition>;
export type RunsResult = z.infer<typeof runsDefinition>;
export type RunResult = z.infer<typeof runDefinition>;
export type RunProblem = NonNullable<RunResult['problem']>;
