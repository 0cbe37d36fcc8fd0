import { z } from 'zod';

const coverage = z.object({
  predictions: z.int(),
  labelled: z.int(),
  /** 0..1; 0 without predictions. */
  share: z.number(),
});

export const labelCoverageDefinition = z.object({
  as_of: z.string(),
  total: coverage,
  weeks: z.array(
    coverage.extend({
      /** Its Monday, 00:00 UTC. */
      week: z.string(),
      /** Null for predictions that were not scored. */
      model_version: z.string().nullable(),
    }),
  ),
});

export type LabelCoverageResult = z.infer<typeof labelCoverageDefinition>;
