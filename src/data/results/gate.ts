import { z } from 'zod';

/**
 * The first seven compare with the champion; `expected_cost` where costs are set, `demographic_parity` and `equal_opportunity` where
 * these are limited; the `floor` ones, and the base rate, stand where there is no champion.
 */
export const gateCriterionName = z.enum([
  'labelled_rows',
  'label_coverage',
  'days_since_promotion',
  'f1_improvement',
  'brier_degradation',
  'segment_f1',
  'improvement_evidence',
  'expected_cost',
  'demographic_parity',
  'equal_opportunity',
  'roc_auc_floor',
  'brier_floor',
  'brier_against_base_rate',
  'f1_floor',
]);

export const gateCriterionDefinition = z.object({
  name: z.union([
    gateCriterionName,
    /** A criterion of the user's own (`gate.commands`), by its name there. */
    z.templateLiteral(['command:', z.string()]),
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

/** Every figure is null where the models cannot be compared. McNemar's test is exact, that of ROC AUC after DeLong. */
export const gateSignificanceDefinition = z.object({
  /** Challenger less champion, each at its own threshold, and its 95 % interval: paired bootstrap by class, BCa (Efron 1987). */
  f1_difference: z.number().nullable(),
  f1_interval: z.object({ low: z.number(), high: z.number() }).nullable(),
  /** Rows that one model decides rightly and the other wrongly, each at its own threshold. */
  only_champion_right: z.int().nullable(),
  only_challenger_right: z.int().nullable(),
  mcnemar_p: z.number().nullable(),
  roc_auc_difference: z.number().nullable(),
  delong_p: z.number().nullable(),
  /** Challenger less champion, below 0 where the challenger is better; the p-values are two-sided, of the paired t-test. */
  brier_difference: z.number().nullable(),
  brier_p: z.number().nullable(),
  log_loss_difference: z.number().nullable(),
  log_loss_p: z.number().nullable(),
});

export const gateEvidenceDefinition = z.object({
  /**
   * Chance that evidence this strong ever turns up for challengers that are no better, over all looks at them and all challengers of
   * this champion; at most 1. What `improvement_evidence` compares with the allowed one.
   */
  false_promotion: z.number(),
  /** The how-manieth challenger of this champion: each is allowed a smaller part of the error. */
  challenger_number: z.int(),
  /** The part of the allowed error that is spent with this challenger; looking at it again spends no more. Null where none is asked. */
  error_spent: z.number().nullable(),
  /** Whether the challenger counts as one: not where the rows, their coverage or the days rule promotion out, whatever the evidence. */
  counted: z.boolean(),
  /** How many more labelled rows it takes, if they are like those seen. 0: it is enough; null: those seen do not speak for it. */
  rows_needed: z.int().nullable(),
});

const weightedFigures = z.object({ f1: z.number(), brier: z.number() });

/** Whether the rows that have a label are like those of the same time that have none. */
export const gateSelectionDefinition = z.object({
  labelled_rows: z.int(),
  unlabelled_rows: z.int(),
  /** Of a classifier that tells the two apart, on rows that it did not see: 0.5 tells nothing apart. */
  roc_auc: z.number(),
  interval,
  /** They differ by enough to matter and by more than chance: labels come by selection. */
  differ: z.boolean(),
  /** What tells them apart, most first, as shares of the classifier's gain. */
  columns: z.array(z.object({ name: z.string(), share: z.number() })),
  /** The figures of the models with each row weighing one over its chance of having a label; null where the two are alike. */
  weighted: z
    .object({
      effective_rows: z.number(),
      champion: weightedFigures.nullable(),
      challenger: weightedFigures,
      f1_improvement: z.number().nullable(),
    })
    .nullable(),
});

export const gateJudgementDefinition = z.object({
  decision: z.enum(['promote', 'reject']),
  /** Null for `promote`. `not_enough_evidence`: nothing speaks against the challenger but that the labels are too few to tell. */
  reason: z.enum(['criteria_not_met', 'not_enough_evidence']).nullable(),
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
  /** Null where every prediction has a label or too few have none, and where the models cannot be measured. It decides nothing. */
  selection: gateSelectionDefinition.nullable(),
  /** Null without a champion, and where the models cannot be compared. */
  evidence: gateEvidenceDefinition.nullable(),
  /** The customary tests, which decide nothing. Null without a champion. */
  significance: gateSignificanceDefinition.nullable(),
});

export const gateResultDefinition = gateJudgementDefinition.extend({
  decision_id: z.string(),
  /** When the rows still needed are there at the label rate of the week before, ISO 8601; null where it cannot be told. */
  evidence_expected_at: z.string().nullable(),
  preset: z.enum(['production', 'conservative', 'aggressive']),
  /** Which labelled rows the models were scored on, and what to know of them. */
  notes: z.array(z.string()),
});

const newSignificance = {
  f1_difference: null,
  f1_interval: null,
  brier_difference: null,
  brier_p: null,
  log_loss_difference: null,
  log_loss_p: null,
};

/** What is kept of a decision; older ones lack what was not known then. */
export const storedGateResultDefinition = gateResultDefinition.omit({ decision_id: true }).extend({
  segments: gateResultDefinition.shape.segments.default(null),
  costs: gateResultDefinition.shape.costs.default(null),
  groups: gateResultDefinition.shape.groups.default(null),
  selection: gateResultDefinition.shape.selection.default(null),
  reason: gateResultDefinition.shape.reason.default(null),
  evidence: gateResultDefinition.shape.evidence.default(null),
  significance: z.preprocess(
    (kept) => (typeof kept === 'object' && kept !== null ? { ...newSignificance, ...kept } : kept),
    gateResultDefinition.shape.significance,
  ),
  evidence_expected_at: gateResultDefinition.shape.evidence_expected_at.default(null),
});

/** A decision as it was stored. */
export const gateDecisionDefinition = gateResultDefinition.extend({ at: z.string(), who: z.string() });

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** What the gate would say under other criteria; nothing of it is stored. */
export const gateWhatIfDefinition = gateResultDefinition.omit({ decision_id: true }).extend({
  changes: z.array(z.object({ key: z.string(), from: scalar, to: scalar })),
  /** The decision without the changes, on the same rows. */
  as_configured: z.enum(['promote', 'reject']),
});

/** The evidence for a challenger, looked at without a decision. */
export const gateLookDefinition = gateEvidenceDefinition.extend({
  at: z.string(),
  champion: z.string(),
  challenger: z.string(),
  rows: z.int(),
  /** Whether `false_promotion` is at most `required`, or none is required. */
  enough: z.boolean(),
  required: z.number().nullable(),
  /** Of `required`, by the challengers that the gate has looked at so far; null, as the next, where none is required. */
  error_spent: z.number().nullable(),
  /** The same when the gate decides about this challenger now. */
  error_after: z.number().nullable(),
  evidence_expected_at: gateResultDefinition.shape.evidence_expected_at,
  /** Those that count, in the order in which they first did. */
  challengers: z.array(
    z.object({
      challenger: z.string(),
      looks: z.int(),
      first_at: z.string(),
      last_at: z.string(),
      /** At the last look. */
      false_promotion: z.number().nullable(),
    }),
  ),
  detail: z.string(),
});

const wouldBe = z.enum(['promote', 'reject', 'unknown']);

/** What each preset would have decided of the challengers of the past year. */
export const gateSimulationDefinition = z.object({
  from: z.string(),
  until: z.string(),
  decisions: z.array(
    z.object({
      decision_id: z.string(),
      at: z.string(),
      challenger: z.string(),
      /** As it was decided, by that preset and what was set beside it. */
      decision: z.enum(['promote', 'reject']),
      preset: z.enum(['production', 'conservative', 'aggressive']),
      /** `rows`: judged anew on the rows that were kept. `figures`: from the figures noted then; `unknown` where these do not tell. */
      judged_on: z.enum(['rows', 'figures']),
      would_be: z.object({ production: wouldBe, conservative: wouldBe, aggressive: wouldBe }),
    }),
  ),
  presets: z.array(
    z.object({
      preset: z.enum(['production', 'conservative', 'aggressive']),
      promoted: z.int(),
      rejected: z.int(),
      unknown: z.int(),
      /** Decided otherwise than it was. */
      otherwise: z.int(),
    }),
  ),
});

/** What comes of making a stored decision again, from what it was made on. */
export const gateReplayDefinition = z.object({
  /** `CRITICAL` where anything is not as it was, `UNKNOWN` where something cannot be told any more. */
  status: z.enum(['OK', 'CRITICAL', 'UNKNOWN']),
  decision_id: z.string(),
  at: z.string(),
  decision: z.enum(['promote', 'reject']),
  /** Of what is kept of the decision, as the audit has it. */
  basis_sha256: z.string(),
  rows_sha256: z.string(),
  rows: z.int(),
  checks: z.array(
    z.object({
      /** `audit`: what is kept is what the audit says. `rows`: so are the rows. `scores`: the models say the same of them. `result`: so does the gate. */
      name: z.enum(['audit', 'rows', 'scores', 'result']),
      status: z.enum(['OK', 'CRITICAL', 'UNKNOWN']),
      detail: z.string(),
    }),
  ),
  /** The decision as it was made again; null where its rows are gone. Equal to the stored one where `result` is OK. */
  result: gateDecisionDefinition.nullable(),
});

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

export type GateWhatIf = z.infer<typeof gateWhatIfDefinition>;
export type GateLook = z.infer<typeof gateLookDefinition>;
export type GateSimulation = z.infer<typeof gateSimulationDefinition>;
export type GateReplay = z.infer<typeof gateReplayDefinition>;
export type GateDecision = z.infer<typeof gateDecisionDefinition>;
export type GateSetResult = z.infer<typeof gateSetDefinition>;
export type GateCriterion = z.infer<typeof gateCriterionDefinition>;
export type GateSelection = z.infer<typeof gateSelectionDefinition>;
export type GateCosts = z.infer<typeof gateCostsDefinition>;
export type GateGroupColumn = z.infer<typeof gateGroupColumnDefinition>;
export type GateSignificance = z.infer<typeof gateSignificanceDefinition>;
export type GateEvidence = z.infer<typeof gateEvidenceDefinition>;
export type GateSegment = z.infer<typeof gateSegmentDefinition>;
export type GateJudgement = z.infer<typeof gateJudgementDefinition>;
export type GateResult = z.infer<typeof gateResultDefinition>;
