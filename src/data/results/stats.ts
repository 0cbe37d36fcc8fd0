import { z } from 'zod';

const figures = {
  predictions: z.int(),
  /** Those with a probability. */
  scored: z.int(),
  /** Of the scored; null where none is. */
  positive_rate: z.number().nullable(),
  mean_probability: z.number().nullable(),
};

export const statsResultDefinition = z.object({
  /** Predictions after `from` up to and with `until`. */
  window: z.object({ from: z.string(), until: z.string(), hours: z.number() }),
  ...figures,
  per_hour: z.number(),
  /** Of the newest prediction in the store by `until`; null where there is none. */
  last_prediction_at: z.string().nullable(),
  by: z.enum(['hour', 'version']),
  /** Every hour of the window, or every version that predicted in it. The first and the last hour may be part of one. */
  groups: z.array(
    z.object({
      /** Start of the hour; null by version. */
      hour: z.string().nullable(),
      /** Null by hour, and for predictions that no version scored. */
      version: z.string().nullable(),
      ...figures,
    }),
  ),
});

export type StatsResult = z.infer<typeof statsResultDefinition>;
