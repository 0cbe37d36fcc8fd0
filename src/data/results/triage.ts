import { z } from 'zod';

export const triageResultDefinition = z.object({
  verdict: z.enum(['data_issue', 'genuine_drift', 'unsure', 'no_drift']),
  /** One sentence for each fact that the verdict rests on. */
  evidence: z.array(z.string()),
  /** What the runbook says to do. */
  advice: z.string(),
});

export type TriageResult = z.infer<typeof triageResultDefinition>;
export type TriageVerdict = TriageResult['verdict'];
