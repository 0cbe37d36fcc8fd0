import { z } from 'zod';

/** Figures of a binary classifier on labelled rows; `threshold` is the cut at which f1, precision and recall hold. */
export const classificationMetricsDefinition = z.object({
  f1: z.number(),
  precision: z.number(),
  recall: z.number(),
  roc_auc: z.number().nullable(),
  brier: z.number(),
  log_loss: z.number(),
  threshold: z.number(),
});

export type ClassificationMetrics = z.infer<typeof classificationMetricsDefinition>;

/** Figures that came with a model made elsewhere: those that are known. */
export const registeredMetricsDefinition = classificationMetricsDefinition.partial();

export type RegisteredMetrics = z.infer<typeof registeredMetricsDefinition>;
