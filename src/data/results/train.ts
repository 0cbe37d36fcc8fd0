import { z } from 'zod';
import { classificationMetricsDefinition } from './classification.ts';

export const thresholdRules = [
  'f1',
  'cost',
  'minimum_precision',
  'minimum_recall',
  'approval_rate',
  'fixed',
] as const;

/** How the threshold was chosen, and what it decides about the validation rows. */
export const chosenThresholdDefinition = z.object({
  rule: z.enum(thresholdRules),
  /** The precision, recall or share of approved rows that was asked for; null for the other rules. */
  required: z.number().nullable(),
  /** What one wrong decision costs; null unless the rule is cost. */
  costs: z.object({ false_positive: z.number(), false_negative: z.number() }).nullable(),
  value: z.number(),
  true_positives: z.int(),
  false_positives: z.int(),
  false_negatives: z.int(),
  true_negatives: z.int(),
  /** Share of rows below the threshold. */
  approval_rate: z.number(),
  /** Cost of 1,000 decisions; null unless the rule is cost. */
  cost_per_thousand: z.number().nullable(),
  /** What the rule is dearer or cheaper than; null where no validation row has target 1. */
  best_f1: z
    .object({ value: z.number(), f1: z.number(), cost_per_thousand: z.number().nullable() })
    .nullable(),
});

const calibrationKinds = ['none', 'sigmoid', 'isotonic'] as const;

/** How probabilities were calibrated, on rows between those learned from and those measured on. */
export const chosenCalibrationDefinition = z.object({
  asked: z.enum([...calibrationKinds, 'auto']),
  method: z.enum(calibrationKinds),
  /** Rows that it learned from; 0 where none was asked for. */
  rows: z.int(),
  /** On the validation rows, of each that was tried; null where none was asked for. */
  log_loss: z
    .object({ none: z.number(), sigmoid: z.number().nullable(), isotonic: z.number().nullable() })
    .nullable(),
});

/** How training rows were weighted towards current ones; their features, not their outcomes. */
export const importanceDefinition = z.object({
  /** Which rows they were to look like. */
  current: z.string(),
  current_rows: z.int(),
  /** How well a classifier tells both apart: 0.5 not at all. */
  roc_auc: z.number(),
  /** False where they are alike: then every row counts the same. */
  weighted: z.boolean(),
  /** Rows that were weighed, those that measure among them. */
  rows: z.int(),
  /** So many rows of equal weight would say as much. */
  effective_rows: z.number(),
  /** Rows whose weight was cut to ten times the mean. */
  clipped: z.int(),
});

/** One try of a search for parameters. */
export const tuningTrialDefinition = z.object({
  /** From 1 on. */
  trial: z.int(),
  /** As they were configured, drawn at random, or by the tree-structured Parzen estimator. */
  found: z.enum(['configured', 'random', 'tpe']),
  /** By the names of trainer in mlops.yaml. */
  parameters: z.record(z.string(), z.number()),
  /** Mean log loss of the folds, the lower the better. */
  score: z.number(),
  /** Log loss on each fold's later rows. */
  folds: z.array(z.number()),
  duration_ms: z.number(),
});

export const tuningEnds = ['trials', 'time', 'plateau', 'interrupted'] as const;

export const tuningDefinition = z.object({
  /** The trial whose parameters the model was trained with; null where none ended in time. */
  best: z.int().nullable(),
  /** What ended the search. */
  ended: z.enum(tuningEnds),
  trials: z.array(tuningTrialDefinition),
});

export const trainResultDefinition = z.object({
  run_id: z.string().nullable(),
  version: z.string().nullable(),
  status: z.enum(['registered', 'written']),
  rows: z.object({ train: z.int(), calibration: z.int(), validation: z.int() }),
  /** Of these, rows of outcome 1. */
  positives: z.object({ train: z.int(), validation: z.int() }),
  metrics: classificationMetricsDefinition,
  threshold: chosenThresholdDefinition,
  calibration: chosenCalibrationDefinition,
  /** Null where no weights by importance were asked for, or there were too few current rows. */
  importance: importanceDefinition.nullable(),
  /** Null where no parameters were searched for. */
  tuning: tuningDefinition.nullable(),
  /** The version whose trees it grew on from; null where it began anew. */
  continued_from: z.object({ version: z.string(), sha256: z.string() }).nullable(),
  artifact: z.object({ path: z.string(), sha256: z.string(), bytes: z.int() }),
  duration_ms: z.number(),
  /** What the reader should know, such as that file order stood in for time. */
  notes: z.array(z.string()),
});

export type TrainResult = z.infer<typeof trainResultDefinition>;
export type Importance = z.infer<typeof importanceDefinition>;
export type ChosenThreshold = z.infer<typeof chosenThresholdDefinition>;
export type ChosenCalibration = z.infer<typeof chosenCalibrationDefinition>;
export type TuningTrial = z.infer<typeof tuningTrialDefinition>;
export type Tuning = z.infer<typeof tuningDefinition>;
