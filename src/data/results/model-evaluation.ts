import { z } from 'zod';

/** 95 %. */
export const intervalDefinition = z.object({ value: z.number(), low: z.number(), high: z.number() });

export const metricNames = ['roc_auc', 'precision', 'recall', 'f1', 'brier', 'log_loss'] as const;

/** How good a model is on labelled rows. */
export const evaluationDefinition = z.object({
  /** Which rows these are, for a reader. */
  what: z.string(),
  rows: z.int(),
  positives: z.int(),
  /** At the version's threshold. */
  confusion: z.object({
    true_positives: z.int(),
    false_positives: z.int(),
    false_negatives: z.int(),
    true_negatives: z.int(),
  }),
  metrics: z.array(
    z.object({
      name: z.enum(metricNames),
      /** Null where the rows do not tell, as ROC AUC with one class. */
      interval: intervalDefinition.nullable(),
      method: z.enum(['delong', 'wilson', 'bootstrap']),
    }),
  ),
  bootstrap_draws: z.int(),
  calibration: z.object({
    /** Bins of equal counts, by the predicted probability; equal probabilities stay together. */
    bins: z.array(
      z.object({
        rows: z.int(),
        /** Mean predicted probability. */
        predicted: z.number(),
        /** Share of outcome 1, by Wilson. */
        observed: intervalDefinition,
      }),
    ),
    /** Expected calibration error: the bins' mean distance of predicted and observed, by their rows. */
    error: z.number(),
  }),
  /** What other thresholds would decide; ascending. */
  thresholds: z.array(
    z.object({
      threshold: z.number(),
      /** True of the version's own. */
      own: z.boolean(),
      /** Null where nothing is predicted positive. */
      precision: z.number().nullable(),
      recall: z.number().nullable(),
      f1: z.number(),
      /** Share of rows below the threshold. */
      approval_rate: z.number(),
    }),
  ),
  segments: z.array(
    z.object({
      feature: z.string(),
      name: z.string(),
      rows: z.int(),
      positives: z.int(),
      /** False where there are too few rows or positives to say anything. */
      enough: z.boolean(),
      predicted: z.number(),
      observed: intervalDefinition,
      precision: intervalDefinition.nullable(),
      recall: intervalDefinition.nullable(),
      roc_auc: intervalDefinition.nullable(),
    }),
  ),
});

export type Evaluation = z.infer<typeof evaluationDefinition>;
export type MetricName = (typeof metricNames)[number];
