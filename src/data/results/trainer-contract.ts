import { z } from 'zod';
import { registeredMetricsDefinition } from './classification.ts';

const part = z.object({
  /** Absolute path of a Parquet file, rows in order of time; a missing value is NULL. */
  path: z.string(),
  rows: z.int(),
});

/** What `trainer.command` is given to work by: a JSON file, whose path is the last word of the command. */
export const trainerJobDefinition = z.object({
  version: z.literal(1),
  /** Features, the target (0 or 1) and, where `weights` names it, how much each row counts. */
  train: part,
  /** The features of the later rows, by which the model is measured; their outcome is not told. */
  validation: part,
  target: z.string(),
  /** In the order in which the model has to take them, as one tensor of float, [rows, features]. */
  features: z.array(z.string()),
  /** Features whose numbers are names. */
  categories: z.array(z.string()),
  weights: z.string().nullable(),
  seed: z.int(),
  /** `trainer.options` of mlops.yaml, as it stands there. */
  options: z.record(z.string(), z.unknown()),
  /** Of so many rows, the first of the validation part, the metrics file has to hold the trainer's own answers. */
  golden_rows: z.int(),
  output: z.object({
    /** ONNX: a binary classifier that answers probabilities. */
    model: z.string(),
    metrics: z.string(),
  }),
  limits: z.object({ seconds: z.number(), memory_bytes: z.number(), output_bytes: z.number() }),
});

/** What `trainer.command` writes beside its model. */
export const trainerMetricsDefinition = z.looseObject({
  /** Name and version, for the notes of the training. */
  trainer: z.string().min(1).max(200),
  /** Probability of outcome 1 that the model gave before it was written as ONNX, for each of the golden rows. */
  golden_probabilities: z.array(z.number().min(0).max(1)),
  /** What the model was trained by; kept with the training run. */
  parameters: z.record(z.string(), z.unknown()).optional(),
  /** The trainer's own figures; ours are measured on the validation part. */
  metrics: registeredMetricsDefinition.optional(),
});

export type TrainerJob = z.infer<typeof trainerJobDefinition>;
export type TrainerMetrics = z.infer<typeof trainerMetricsDefinition>;
