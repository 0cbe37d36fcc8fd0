import { z } from 'zod';

/** How the predictions of a window are distributed, with no label needed; all null when it holds no prediction. */
export const proxyMetricsDefinition = z.object({
  /** Predictions that have a probability. */
  rows: z.int(),
  positive_rate: z.number().nullable(),
  mean: z.number().nullable(),
  /** Population standard deviation. */
  deviation: z.number().nullable(),
  /** First quartile, median, third quartile. */
  quartiles: z.tuple([z.number(), z.number(), z.number()]).nullable(),
  /** Entropy in nats over ten equal bins of [0, 1]: 0 when all fall in one bin, at most ln 10 = 2.3026. */
  entropy: z.number().nullable(),
});

export const proxyWindowDefinition = proxyMetricsDefinition.extend({
  /** Length of the window, such as `6h`; it ends when the run takes place. */
  window: z.string(),
});

export type ProxyMetrics = z.infer<typeof proxyMetricsDefinition>;
export type ProxyWindow = z.infer<typeof proxyWindowDefinition>;
