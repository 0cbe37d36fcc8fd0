import { z } from 'zod';
import { driftConventionNames, driftTestNames } from '../../platform/drift-test-names.ts';
import { dataIssueDefinition } from './quality.ts';
import { verdictDefinition } from './verdict.ts';

/** Counts over shared bins, for overlaid distributions; shares are computed by the reader from the counts. */
const distribution = z.object({
  /** `edges` has one more entry than the counts for a numerical feature; `labels` as many for a categorical one. */
  edges: z.array(z.number()).optional(),
  labels: z.array(z.string()).optional(),
  reference: z.array(z.int()),
  current: z.array(z.int()),
});

const summary = z.object({
  mean: z.number().nullable(),
  deviation: z.number().nullable(),
  minimum: z.number().nullable(),
  median: z.number().nullable(),
  maximum: z.number().nullable(),
});

/** How much a feature moved, in figures that do not depend on the number of rows. */
const effect = z.object({
  /** Median of the current values less the reference's, in the reference's interquartile ranges; null without a spread. */
  shift: z.number().nullable(),
  /** Share of rows whose value would have to change for the two distributions to be one: total variation over the bins, 0..1. */
  moved: z.number(),
  /** Shares outside the reference's middle 90 %, 0..1; null for categories. */
  outside: z.object({ reference: z.number(), current: z.number() }).nullable(),
  /** At shares .01 .05 .25 .5 .75 .95 .99; empty for categories. */
  quantiles: z.array(z.object({ share: z.number(), reference: z.number(), current: z.number() })),
  /** "age: median 52 → 41; 34 % of rows are outside the reference's middle 90 %". */
  sentence: z.string(),
});

/** When a feature began to differ, and how. Times are ISO 8601; of data without times, rows counted from 1. */
const onset = z.object({
  /** The first window or row that differs, and the ends of its 95 % interval. */
  at: z.string(),
  from: z.string(),
  until: z.string(),
  /** Null where it began before the data that were looked at. */
  shape: z.enum(['sudden', 'gradual', 'seasonal', 'returning']).nullable(),
  /** "since Sat 12 Sep, ± 1 day". */
  sentence: z.string(),
});

const categoryRows = z.array(z.object({ value: z.string(), rows: z.int() }));

const comparedTest = z.object({
  test: z.enum(driftTestNames),
  /** Null where the test is not defined for these samples; the note says why. */
  score: z.number().nullable(),
  p_value: z.number().nullable(),
  threshold: z.number(),
  drifted: z.boolean(),
  note: z.string().optional(),
});

export const driftFeatureDefinition = z.object({
  name: z.string(),
  type: z.enum(['numerical', 'categorical', 'text', 'embedding', 'time']),
  test: z.enum([...driftTestNames, 'none']),
  /** What is compared with the threshold; for a p-value test it is the p-value. Null when the test is not defined. */
  score: z.number().nullable(),
  /**
   * Of a p-value test its score; of a distance the chance that two samples of these sizes from the reference lie at least so far
   * apart, where that is known.
   */
  p_value: z.number().nullable(),
  /** The p-value adjusted for the number of features (Benjamini and Hochberg 1995); null where none was adjusted. */
  q_value: z.number().nullable().optional(),
  /** What the score was held against: the test's own threshold, raised to what chance explains at this number of rows. */
  threshold: z.number().nullable(),
  drifted: z.boolean(),
  /** Part of what the model's decision rests on, 0..1; all features together 1. */
  importance: z.number().optional(),
  /** Why there is no score, or what to know of it. */
  note: z.string().optional(),
  missing: z.object({
    reference: z.number(),
    current: z.number(),
    /** Two-sided test of two proportions; null when one side has no rows. */
    p_value: z.number().nullable().optional(),
    /** The share moved by more than sampling explains and by enough to matter. */
    drifted: z.boolean().optional(),
  }),
  summary: z.object({ reference: summary, current: summary }).optional(),
  distribution: distribution.optional(),
  effect: effect.optional(),
  /** Categories that only one side has, most frequent first; at most twenty each. */
  categories: z.object({ new: categoryRows, vanished: categoryRows }).optional(),
  onset: onset.optional(),
  /** Every test that takes the feature's type, each decided alone; where all were asked for. */
  tests: z.array(comparedTest).optional(),
  /** What to do about it; absent where nothing is to be done. */
  advice: z.string().optional(),
});

/** Both sides at once: how well a model tells them apart, and what holds between the features. */
const multivariate = z.object({
  domain_classifier: z
    .object({
      /** Area under the ROC curve of telling current rows from reference rows, cross-validated, with its 95 % interval. */
      roc_auc: z.number(),
      interval: z.tuple([z.number(), z.number()]),
      drifted: z.boolean(),
      /** What tells the two apart, by the trees' gain, 0..1, most first. */
      features: z.array(z.object({ name: z.string(), share: z.number() })),
    })
    .nullable(),
  pca: z
    .object({
      components: z.int(),
      /** Mean reconstruction error of the reference, of the current data, and the bounds of mean ± 3 deviations of chunks. */
      reference: z.number(),
      current: z.number(),
      bounds: z.tuple([z.number(), z.number()]),
      drifted: z.boolean(),
    })
    .nullable(),
  mmd: z
    .object({ score: z.number(), p_value: z.number(), random_features: z.int(), drifted: z.boolean() })
    .nullable(),
  /** Pairs of features whose rank correlation changed by more than sampling explains, most first. */
  correlations: z.array(
    z.object({
      first: z.string(),
      second: z.string(),
      reference: z.number(),
      current: z.number(),
      q_value: z.number(),
    }),
  ),
  /** Rows of each side that were looked at: all, or a seeded sample. */
  rows: z.object({ reference: z.int(), current: z.int(), sampled: z.boolean() }),
});

/** P(y|x): whether the model's errors in a segment are what they were. */
const concept = z.object({
  labelled: z.int(),
  /** Mean residual (label less probability) overall. */
  reference: z.number(),
  current: z.number(),
  p_value: z.number(),
  drifted: z.boolean(),
  segments: z.array(
    z.object({
      feature: z.string(),
      segment: z.string(),
      rows: z.int(),
      reference: z.number(),
      current: z.number(),
      q_value: z.number(),
      drifted: z.boolean(),
    }),
  ),
  sentence: z.string(),
});

export const driftResultDefinition = z.object({
  status: verdictDefinition,
  reference: z.object({
    rows: z.int(),
    /** In a workspace what it is: training data, a file, or the predictions of an earlier window. */
    name: z.string().optional(),
  }),
  current: z.object({ rows: z.int() }),
  features_total: z.int(),
  features_drifted: z.int(),
  share_drifted: z.number(),
  /** The same weighted by importance; absent where no importance is known. */
  share_drifted_by_importance: z.number().optional(),
  /** Whose rules decided: ours, or a peer's exactly. */
  convention: z.enum(driftConventionNames).optional(),
  /** How many reports in which nothing moved name a feature nevertheless, 0..1, and how that is known. */
  false_alarms: z
    .object({ expected: z.number(), basis: z.enum(['calibration', 'noise_floor']), sentence: z.string() })
    .optional(),
  /** "5 of 10 features drifted; the model depends on age (31 %) and …". */
  sentence: z.string().optional(),
  /** Chance that a shift of so many robust deviations would have been seen with these rows. */
  power: z.array(z.object({ shift: z.number(), power: z.number() })).optional(),
  /** Path of the HTML report, null when none was asked for. */
  report: z.string().nullable(),
  features: z.array(driftFeatureDefinition),
  /** The model's answers and the true labels, as features are compared. */
  prediction: driftFeatureDefinition.optional(),
  label: driftFeatureDefinition.optional(),
  concept: concept.optional(),
  multivariate: multivariate.optional(),
  /** What looks like a fault of the data rather than a change of the population, surest first. */
  issues: z.array(dataIssueDefinition).optional(),
  /** What else the reader should know, such as columns that only one side has. */
  notes: z.array(z.string()).optional(),
});

export type DriftFeature = z.infer<typeof driftFeatureDefinition>;
export type ComparedTest = z.infer<typeof comparedTest>;
export type DriftEffect = z.infer<typeof effect>;
export type DriftOnset = z.infer<typeof onset>;
export type DriftResult = z.infer<typeof driftResultDefinition>;
export type MultivariateDrift = z.infer<typeof multivariate>;
export type ConceptDrift = z.infer<typeof concept>;
export type FeatureDistribution = z.infer<typeof distribution>;
