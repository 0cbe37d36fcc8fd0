import { z } from 'zod';

export const explanationDefinition = z.object({
  subject: z.string(),
  kind: z.enum(['decision', 'criterion', 'check', 'monitoring', 'alert', 'test', 'exit']),
  /** What is asked, with the limits of this workspace, or the defaults where there is none. */
  rule: z.string(),
  /** What was found, a line each; empty where nothing was measured. */
  numbers: z.array(z.string()),
  /** What to do next; null where nothing is. */
  next: z.string().nullable(),
  /** Page of the runbook. */
  page: z.string(),
});

export const explainResultDefinition = z.object({ explanations: z.array(explanationDefinition) });

export type Explanation = z.infer<typeof explanationDefinition>;
export type ExplainResult = z.infer<typeof explainResultDefinition>;
