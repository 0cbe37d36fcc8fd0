import { z } from 'zod';

export const explanationMethodDefinition = z.enum(['tree_shap', 'linear_shap', 'sampled_shapley']);

/**
 * In what the parts are told: log odds of outcome 1, its probability, or the sum that an isotonic calibration makes a probability of
 * (of boosted trees log odds, of a forest a share).
 */
export const explanationScaleDefinition = z.enum(['log_odds', 'probability', 'before_calibration']);

/** Why a prediction came out as it did. `base` and the parts of all features add up to `sum`, the model's answer on `scale`. */
export const predictionExplanationDefinition = z.object({
  prediction_id: z.string(),
  predicted_at: z.string(),
  /** The version that is explained. */
  version: z.string(),
  /** As the store has them; null where the prediction came without, or no label is known. */
  recorded: z.object({
    version: z.string().nullable(),
    probability: z.number().nullable(),
    outcome: z.number().nullable(),
    label: z.number().nullable(),
  }),
  /** What the version answers to the stored features now. */
  probability: z.number(),
  outcome: z.int(),
  threshold: z.number(),
  method: explanationMethodDefinition,
  scale: explanationScaleDefinition,
  /** The mean answer over the background rows. */
  base: z.number(),
  sum: z.number(),
  background: z.object({ rows: z.int(), what: z.string() }),
  /** Largest part first. */
  features: z.array(
    z.object({
      name: z.string(),
      /** Null is missing. */
      value: z.union([z.number(), z.string()]).nullable(),
      part: z.number(),
      /** Standard error where the part is estimated; null where it is exact. */
      error: z.number().nullable(),
    }),
  ),
  sentence: z.string(),
  notes: z.array(z.string()),
});

export type ExplanationMethod = z.infer<typeof explanationMethodDefinition>;
export type ExplanationScale = z.infer<typeof explanationScaleDefinition>;
export type PredictionExplanation = z.infer<typeof predictionExplanationDefinition>;
