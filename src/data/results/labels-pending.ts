import { z } from 'zod';

const ageBands = ['under a day', '1 to 7 days', '7 to 30 days', '30 to 90 days', 'over 90 days'] as const;

export const labelsPendingDefinition = z.object({
  as_of: z.string(),
  /** Predictions without a label. */
  pending: z.int(),
  by_age: z.array(z.object({ age: z.enum(ageBands), pending: z.int() })),
  /** The oldest of them, oldest first. */
  oldest: z.array(
    z.object({
      prediction_id: z.string(),
      timestamp: z.string(),
      age_days: z.number(),
      model_version: z.string().nullable(),
      outcome: z.int().nullable(),
    }),
  ),
});

export type LabelsPending = z.infer<typeof labelsPendingDefinition>;
export const labelAgeBands = ageBands;
