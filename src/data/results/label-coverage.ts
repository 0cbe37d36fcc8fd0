import { z } from 'zod';

export const coverageDefinition = z.object({
  predictions: z.int(),
  labelled: z.int(),
  /** 0..1; 0 without predictions. */
  share: z.number(),
});

export const labelCoverageDefinition = z.object({
  as_of: z.string(),
  total: coverageDefinition,
  weeks: z.array(
    coverageDefinition.extend({
      /** Its Monday, 00:00 UTC. */
      week: z.string(),
      /** Null for predictions that were not scored. */
      model_version: z.string().nullable(),
    }),
  ),
});

export type LabelCoverageResult = z.infer<typeof labelCoverageDefinition>;
