import { z } from 'zod';

export const gateCriterionDefinition = z.object({
  /**
   * The first six compare with the champion; `expected_cost` where costs are set, `demographic_parity` and `equal_opportunity` where
   * these are limited; the `floor` ones, and the base rate, stand where there is no champion.
   */
  name: z.enum([
    'labelled_rows',
    'label_coverage',
    'days_since_promotion',
    'f1_improvement',
    'brier_degradation',
    'segment_f1',
    'expected_cost',
    'demographic_parity',
    'equal_opportunity',
    'roc_auc_floor',
    'brier_floor',
    'brier_against_base_rate',
    'f1_floor',
  ]),
  passed: z.boolean(),
  /**
   * Null where it could not be computed, and then not passed, or where nothing was asked (`required` is null, too). Of
   * `segment_f1`: the loss that is established in the worst segment, 0 where none is (until 0.3.0: the greatest loss seen).
   */
  observed: z.number().nullable(),
  required: z.number().nullable(),
  detail: z.string(),
});

export const gateSegmentDefinition = z.object({
  name: z.string(),
  rows: z.int(),
  positives: z.int(),
  /**
   * `worse`: a loss of F1 beyond the allowed one is established. `within`: such a loss is excluded. `not_enough_evidence`:
   * neither, or the segment has too few rows to look at.
   */
  verdict: z.enum(['worse', 'within', 'not_enough_evidence']),
  /** F1 at each model's own threshold; null without a positive row. */
  champion_f1: z.number().nullable(),
  challenger_f1: z.number().nullable(),
  /** Of `challenger_f1 - champion_f1`, 95 %. Null, as the two below, where the models decide too few rows differently. */
  interval: z.object({ low: z.number(), high: z.number() }).nullable(),
  /** One-sided, of the hypothesis that no more than the allowed share of F1 is lost: a paired randomisation test. */
  p_value: z.number().nullable(),
  /** The same across segments (Benjamini and Hochberg 1995); `worse` from 0.05 downwards. */
  q_value: z.number().nullable(),
});

/** 95 %. */
const interval = z.object({ low: z.number(), high: z.number() });
const share = z.object({ value: z.number(), ...interval.shape }).nullable();

/** Of 1,000 decisions, in the unit that the costs are set in. */
export const gateCostsDefinition = z.object({
  /** What one wrong decision of either kind costs. */
  false_positive: z.number(),
  false_negative: z.number(),
  champion: z.number(),
  challenger: z.number(),
  /** `challenger - champion`, of the same rows. */
  difference: z.number(),
  /** Null of a single row. */
  interval: interval.nullable(),
});

const groupRates = z.object({
  /** Share of the rows called positive. */
  selection_rate: share,
  /** Share of the positive rows found; null without any. */
  true_positive_rate: share,
});

/** Greatest less smallest rate of the groups with 30 rows (positive rows) at least; null where there are not two such groups. */
const groupDifferences = z.object({
  demographic_parity_difference: share,
  equal_opportunity_difference: share,
});

export const gateGroupColumnDefinition = z.object({
  column: z.string(),
  groups: z.array(
    z.object({
      name: z.string(),
      rows: z.int(),
      positives: z.int(),
      champion: groupRates.nullable(),
      challenger: groupRates,
    }),
  ),
  /** Null without a champion. */
  champion: groupDifferences.nullable(),
  challenger: groupDifferences,
});

export const gateJudgementDefinition = z.object({
  decision: z.enum(['promote', 'reject']),
  champion: z.string().nullable(),
  challenger: z.string(),
  rows: z.int(),
  criteria: z.array(gateCriterionDefinition),
  /** In the order of the features and their values. Null without a champion, where segments were not compared, and in old decisions. */
  segments: z.array(gateSegmentDefinition).nullable(),
  /** Null without a champion, where no costs are set, and where the models cannot be compared. */
  costs: gateCostsDefinition.nullable(),
  /** One a protected column (`gate.protected`); null where none is named, and where the models cannot be measured. */
  groups: z.array(gateGroupColumnDefinition).nullable(),
  /** McNemar's exact test on the discordant rows and the difference of ROC AUC after DeLong; null without a champion. */
  significance: z
    .object({
      /** Rows that one model decides rightly and the other wrongly, each at its own threshold. */
      only_champion_right: z.int().nullable(),
      only_challenger_right: z.int().nullable(),
      mcnemar_p: z.number().nullable(),
      roc_auc_difference: z.number().nullable(),
      delong_p: z.number().nullable(),
    })
    .nullable(),
});

export const gateResultDefinition = gateJudgementDefinition.extend({
  decision_id: z.string(),
  preset: z.enum(['production', 'conservative', 'aggressive']),
  /** Which labelled rows the models were scored on, and what to know of them. */
  notes: z.array(z.string()),
});

/** What is kept of a decision; older ones lack what was not known then. */
export const storedGateResultDefinition = gateResultDefinition.omit({ decision_id: true }).extend({
  segments: gateResultDefinition.shape.segments.default(null),
  costs: gateResultDefinition.shape.costs.default(null),
  groups: gateResultDefinition.shape.groups.default(null),
});

/** A decision as it was stored. */
export const gateDecisionDefinition = gateResultDefinition.extend({ at: z.string(), who: z.string() });

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

export const gateSetDefinition = z.object({
  key: z.string(),
  /** What holds without the change, and with it; for a key without a value of its own, that of the preset. */
  from: scalar,
  to: scalar,
  reason: z.string(),
  dry_run: z.boolean(),
  /** False when the key had that value already, and for a dry run. */
  changed: z.boolean(),
  configuration: z.string(),
  changes_file: z.string(),
  /** The last ten decisions, newest first, and what they would have become. */
  decisions: z.array(
    z.object({
      decision_id: z.string(),
      at: z.string(),
      challenger: z.string(),
      decision: z.enum(['promote', 'reject']),
      /** `unknown` where it cannot be told from what was kept. */
      would_be: z.enum(['promote', 'reject', 'unknown']),
      why: z.string(),
    }),
  ),
  notes: z.array(z.string()),
});

export type GateDecision = z.infer<typeof gateDecisionDefinition>;
export type GateSetResult = z.infer<typeof gateSetDefinition>;
export type GateCriterion = z.infer<typeof gateCriterionDefinition>;
export type GateCosts = z.infer<typeof gateCostsDefinition>;
export type GateGroupColumn = z.infer<typeof gateGroupColumnDefinition>;
export type GateSegment = z.infer<typeof gateSegmentDefinition>;
export type GateJudgement = z.infer<typeof gateJudgementDefinition>;
export type GateResult = z.infer<typeof gateResultDefinition>;
