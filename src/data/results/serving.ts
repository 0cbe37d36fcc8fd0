import { z } from 'zod';
import { registeredMetricsDefinition } from './classification.ts';

/** What `mlops serve` answers, address by address; /openapi.json is made of these. */

export const servedPredictionDefinition = z.object({
  prediction_id: z.string(),
  model_version: z.string().nullable(),
  /** Of outcome 1; null for a prediction that was imported without one. */
  probability: z.number().min(0).max(1).nullable(),
  outcome: z.union([z.literal(0), z.literal(1)]).nullable(),
  /** Probability from which the outcome is 1. */
  threshold: z.number().nullable(),
  timestamp: z.iso.datetime(),
  /** Values outside of the schema's limits. */
  flags: z.array(z.object({ feature: z.string(), detail: z.string() })).optional(),
});

export const servedPredictionsDefinition = z.object({ predictions: z.array(servedPredictionDefinition) });

/** Of `/invocations`: one element a row in each list. */
export const answeredInvocationDefinition = z.object({
  /** Outcomes, as MLflow's flavour of scikit-learn answers. */
  predictions: z.array(z.int().min(0).max(1).nullable()),
  /** What MLflow has no place for, and its clients leave alone. */
  probabilities: z.array(servedPredictionDefinition.shape.probability),
  prediction_ids: z.array(z.string()),
  model_versions: z.array(z.string().nullable()),
});
export type AnsweredInvocation = z.infer<typeof answeredInvocationDefinition>;

export const takenLabelsDefinition = z.object({
  read: z.int(),
  added: z.int(),
  corrected: z.int(),
  unchanged: z.int(),
  rejected: z.int(),
  /** Of those rejected, labels of ids that no prediction has. */
  unmatched: z.int(),
  rejects: z.array(z.object({ row: z.int(), value: z.string(), reason: z.string() })),
});

export const servedHealthDefinition = z.object({
  status: z.enum(['ok', 'no_model', 'stopping']),
  model: z.string(),
  model_version: z.string().nullable(),
  model_loaded: z.boolean(),
  /** The version in Production, where it cannot be loaded and another one answers. */
  refused: z.object({ version: z.string(), why: z.string() }).nullable(),
  uptime_seconds: z.int(),
  /** On their way to the store, and kept beside it while it cannot be written. */
  rows_waiting: z.int(),
  rows_spilled: z.int(),
});

export const servedModelDefinition = z.object({
  model: z.string(),
  version: z.string(),
  stage: z.literal('Production'),
  sha256: z.string(),
  threshold: z.number(),
  created_at: z.iso.datetime(),
  metrics: registeredMetricsDefinition.nullable(),
  features: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      required: z.boolean(),
      minimum: z.number().nullable(),
      maximum: z.number().nullable(),
      allowed: z.array(z.union([z.number(), z.string()])).nullable(),
      description: z.string().nullable(),
    }),
  ),
});

/** RFC 9457. */
export const problemDefinition = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  /** Each with a JSON pointer into the body. */
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
});
