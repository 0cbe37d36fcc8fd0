export type GatePreset = 'production' | 'conservative' | 'aggressive';

/** What a challenger is asked for when there is a champion to compare it with. */
export interface ComparisonCriteria {
  readonly minimumRows: number;
  /** Share of the predictions that have a label, 0..1. */
  readonly minimumCoverage: number;
  readonly minimumDays: number;
  /** Relative: 0.02 asks for an F1 of 1.02 times the champion's. */
  readonly minimumF1Improvement: number;
  /** Absolute: 0.01 lets a Brier score of 0.10 become 0.11. */
  readonly maximumBrierDegradation: number;
  /** Relative loss of F1 in any one segment; null leaves segments out. */
  readonly maximumSegmentLoss: number | null;
  /** Chance that any challenger of a champion is promoted without being better, 0..1; null leaves it out. */
  readonly maximumFalsePromotion: number | null;
}

/** What a model is asked for where there is no champion: runbook/decisions/0004. */
export interface BootstrapFloors {
  readonly minimumRocAuc: number;
  readonly maximumBrier: number;
}

/** What one wrong decision costs, in any one unit. */
export interface DecisionCosts {
  readonly falsePositive: number;
  readonly falseNegative: number;
}

/** What is asked for only where it is configured, whatever the preset. */
export interface ConfiguredCriteria {
  /** Null leaves the expected cost out. */
  readonly costs: DecisionCosts | null;
  /** Of 1,000 decisions, in the unit of the costs. */
  readonly maximumCostIncrease: number;
  /** Greatest differences between groups of a protected column, 0..1; null leaves them out. */
  readonly maximumDemographicParityDifference: number | null;
  readonly maximumEqualOpportunityDifference: number | null;
}

export interface GateCriteria extends ComparisonCriteria, ConfiguredCriteria {
  readonly floors: BootstrapFloors;
}

/** Keys as mlops.yaml has them under `gate.overrides`. */
export interface GateOverrides {
  readonly minimum_rows?: number | undefined;
  readonly minimum_coverage?: number | undefined;
  readonly minimum_days?: number | undefined;
  readonly minimum_f1_improvement?: number | undefined;
  readonly maximum_brier_degradation?: number | undefined;
  readonly maximum_segment_loss?: number | null | undefined;
  readonly maximum_false_promotion?: number | null | undefined;
  readonly maximum_cost_increase?: number | undefined;
  readonly maximum_demographic_parity_difference?: number | null | undefined;
  readonly maximum_equal_opportunity_difference?: number | null | undefined;
}

export const gatePresets = {
  production: {
    minimumRows: 200,
    minimumCoverage: 0.3,
    minimumDays: 7,
    minimumF1Improvement: 0.02,
    maximumBrierDegradation: 0.01,
    maximumSegmentLoss: 0.05,
    maximumFalsePromotion: 0.05,
  },
  conservative: {
    minimumRows: 500,
    minimumCoverage: 0.5,
    minimumDays: 14,
    minimumF1Improvement: 0.05,
    maximumBrierDegradation: 0.005,
    maximumSegmentLoss: 0.05,
    maximumFalsePromotion: 0.01,
  },
  aggressive: {
    minimumRows: 100,
    minimumCoverage: 0.1,
    minimumDays: 1,
    minimumF1Improvement: 0.01,
    maximumBrierDegradation: 0.05,
    maximumSegmentLoss: null,
    maximumFalsePromotion: 0.1,
  },
} as const satisfies Readonly<Record<GatePreset, ComparisonCriteria>>;

const bootstrapFloors: BootstrapFloors = { minimumRocAuc: 0.6, maximumBrier: 0.2 };

/** Rows that a segment needs before its F1 is judged. */
export const minimumSegmentRows = 30;

/**
 * The preset with what the configuration sets otherwise.
 * @param floors what differs from the floors of runbook/decisions/0004, such as `performance.brier_maximum`
 */
export function gateCriteria(
  preset: GatePreset,
  overrides: GateOverrides = {},
  floors: Partial<BootstrapFloors> = {},
  costs: DecisionCosts | null = null,
): GateCriteria {
  const base: ComparisonCriteria = gatePresets[preset];
  return {
    minimumRows: overrides.minimum_rows ?? base.minimumRows,
    minimumCoverage: overrides.minimum_coverage ?? base.minimumCoverage,
    minimumDays: overrides.minimum_days ?? base.minimumDays,
    minimumF1Improvement: overrides.minimum_f1_improvement ?? base.minimumF1Improvement,
    maximumBrierDegradation: overrides.maximum_brier_degradation ?? base.maximumBrierDegradation,
    maximumSegmentLoss:
      overrides.maximum_segment_loss === undefined ? base.maximumSegmentLoss : overrides.maximum_segment_loss,
    maximumFalsePromotion:
      overrides.maximum_false_promotion === undefined
        ? base.maximumFalsePromotion
        : overrides.maximum_false_promotion,
    costs,
    maximumCostIncrease: overrides.maximum_cost_increase ?? 0,
    maximumDemographicParityDifference: overrides.maximum_demographic_parity_difference ?? null,
    maximumEqualOpportunityDifference: overrides.maximum_equal_opportunity_difference ?? null,
    floors: { ...bootstrapFloors, ...floors },
  };
}
