import { z } from 'zod';

export const healModeDefinition = z.enum(['observe', 'suggest', 'act']);

/** The steps in their order; each is a command of its own too. */
export const healStateDefinition = z.enum(['monitor', 'triage', 'train', 'gate', 'promote', 'done']);

export const healOutcomeDefinition = z.enum([
  'healthy',
  'data_issue',
  'unsure',
  'attention',
  'inconclusive',
  'observed',
  'rejected',
  'suggested',
  'promoted',
  'failed',
]);

export const healResultDefinition = z.object({
  run_id: z.string(),
  state: healStateDefinition,
  /** True when an earlier run that was cut off went on here. */
  resumed: z.boolean(),
  steps: z.array(z.object({ state: healStateDefinition, at: z.string(), summary: z.string() })),
  outcome: healOutcomeDefinition.nullable(),
  /** What a person should do now, and whom it concerns; null where nothing is to be done. */
  next: z.string().nullable(),
});

export type HealMode = z.infer<typeof healModeDefinition>;
export type HealState = z.infer<typeof healStateDefinition>;
export type HealOutcome = z.infer<typeof healOutcomeDefinition>;
export type HealResult = z.infer<typeof healResultDefinition>;
