import { z } from 'zod';
import { evaluationDefinition } from './model-evaluation.ts';
import { modelVersionDefinition } from './models.ts';
import { reviewedFiguresDefinition } from './models-review.ts';
import { explanationMethodDefinition, explanationScaleDefinition } from './prediction-explanation.ts';

/** Rows, and how many of them are of outcome 1. */
const outcomeCounts = z.object({ rows: z.int(), positives: z.int() });

const spread = z.object({ mean: z.number(), deviation: z.number() });

export const cardFeatureDefinition = z.object({
  name: z.string(),
  type: z.enum(['numerical', 'categorical', 'text', 'time', 'embedding']),
  /** Of the data rows; null where there are none. */
  values: z
    .object({
      /** Share of rows, 0..1. */
      missing: z.number(),
      distinct: z.int(),
      minimum: z.number().nullable(),
      median: z.number().nullable(),
      maximum: z.number().nullable(),
    })
    .nullable(),
  /** Share of what the splits of the model's trees tell apart, 0..1; null for other models. */
  gain: z.number().nullable(),
  /** How much worse the model becomes on the evaluated rows without what the feature says. */
  permutation: z.object({ roc_auc: spread.nullable(), log_loss: spread }).nullable(),
  /** Over the explained rows. */
  shap: z
    .object({
      mean_absolute: z.number(),
      /** Rank correlation of the values and their parts, -1..1; null where either is always the same. */
      direction: z.number().nullable(),
      /** Some of the rows: the value's rank among them, 0..1 (null is missing), and its part. */
      points: z.array(z.object({ rank: z.number().nullable(), part: z.number() })),
    })
    .nullable(),
  /** The model's mean probability where every row has that value; null where it was not looked at. */
  dependence: z
    .array(
      z.object({
        /** Null is missing. */
        value: z.number().nullable(),
        share: z.number(),
        mean: z.number(),
        /** 10 % and 90 % of the rows' own probabilities. */
        low: z.number(),
        high: z.number(),
      }),
    )
    .nullable(),
});

/** What is known of a model version, for who has to decide about it; what is not known is null and said in `limits`. */
export const modelCardDefinition = z.object({
  model: z.string(),
  generated_at: z.string(),
  /** As `models show` tells it. */
  version: modelVersionDefinition,
  /** Production when it was trained. */
  parent: z.string().nullable(),
  estimator: z.string().nullable(),
  /** From mlops.yaml: what it is for, and what it must not be used for. */
  purpose: z.string().nullable(),
  not_for: z.array(z.string()),
  data: z.object({
    /** Which rows features are described by, explained on and compared with. */
    what: z.string().nullable(),
    rows: z.int(),
    target: z.string().nullable(),
    /** Of the kept rows: those from before the rows that validated it (a version trained on the store learned from others, too), and these. */
    outcomes: z.object({ earlier: outcomeCounts, validation: outcomeCounts }).nullable(),
    /** Times of the rows it was trained and validated on. */
    period: z.object({ from: z.string().nullable(), until: z.string().nullable() }),
  }),
  /** Most important first. */
  features: z.array(cardFeatureDefinition),
  explanation: z
    .object({
      method: explanationMethodDefinition,
      scale: explanationScaleDefinition,
      base: z.number(),
      /** Rows explained. */
      rows: z.int(),
      background_rows: z.int(),
    })
    .nullable(),
  /** Rows and repeats of the permutation importance; null where there was nothing to measure on. */
  permutation: z.object({ rows: z.int(), repeats: z.int() }).nullable(),
  evaluation: evaluationDefinition.nullable(),
  /** On its own predictions whose label is known; null where there are none. */
  live: reviewedFiguresDefinition.nullable(),
  /** The last decision of the gate about it. */
  gate: z
    .object({
      decision_id: z.string(),
      at: z.string(),
      who: z.string(),
      decision: z.enum(['promote', 'reject']),
      champion: z.string().nullable(),
      rows: z.int(),
      criteria: z.array(z.object({ name: z.string(), passed: z.boolean(), detail: z.string() })),
    })
    .nullable(),
  /** What is known to be weak or not known, in words. */
  limits: z.array(z.string()),
});

export type ModelCard = z.infer<typeof modelCardDefinition>;
export type CardFeature = z.infer<typeof cardFeatureDefinition>;
