import type { GateCriterion, GateJudgement } from '../data/results/gate.ts';
import type { GateCriteria } from './criteria.ts';
import { settled } from './wording.ts';

/** A criterion under other bounds; `passed` null says that it cannot be told from what was kept. */
export interface RejudgedCriterion {
  readonly name: GateCriterion['name'];
  readonly passed: boolean | null;
  readonly required: number | null;
}

export interface RejudgedDecision {
  /** `unknown` where nothing speaks against it and something cannot be told. */
  readonly decision: GateJudgement['decision'] | 'unknown';
  readonly criteria: readonly RejudgedCriterion[];
}

/**
 * What a stored decision would have become under other criteria, from the figures observed then; nothing is scored again.
 *
 * A figure that could not be computed then passes under no bound. Segments that were not compared cannot be judged now.
 */
export function rejudge(
  { criteria }: Pick<GateJudgement, 'criteria'>,
  asked: GateCriteria,
): RejudgedDecision {
  const judged = criteria.map((criterion) => rejudgeCriterion(criterion, asked));
  const failed = judged.some(({ passed }) => passed === false);
  const untold = judged.some(({ passed }) => passed === null);
  return { decision: failed ? 'reject' : untold ? 'unknown' : 'promote', criteria: judged };
}

function rejudgeCriterion(criterion: GateCriterion, asked: GateCriteria): RejudgedCriterion {
  const { name, observed } = criterion;
  const atLeast = (required: number) => ({
    name,
    required,
    passed: observed !== null && observed >= settled(required),
  });
  const atMost = (required: number) => ({
    name,
    required,
    passed: observed !== null && observed <= settled(required),
  });
  const atMostOrNone = (required: number | null) =>
    required === null ? { name, required, passed: true } : atMost(required);
  switch (name) {
    case 'labelled_rows':
      return {
        ...atLeast(asked.minimumRows),
        passed: (observed ?? 0) > 0 && (observed ?? 0) >= asked.minimumRows,
      };
    case 'label_coverage':
      return atLeast(asked.minimumCoverage);
    case 'days_since_promotion':
      return atLeast(asked.minimumDays);
    case 'f1_improvement':
      return atLeast(asked.minimumF1Improvement);
    case 'brier_degradation':
      return atMost(asked.maximumBrierDegradation);
    case 'segment_f1': {
      const required = asked.maximumSegmentLoss;
      if (required === null) return { name, required, passed: true };
      return observed === null && criterion.required === null
        ? { name, required, passed: null }
        : atMost(required);
    }
    case 'improvement_evidence': {
      const required = asked.maximumFalsePromotion;
      return required === null ? { name, required, passed: true } : atMost(required);
    }
    case 'expected_cost':
      return atMost(asked.maximumCostIncrease);
    case 'demographic_parity':
      return atMostOrNone(asked.maximumDemographicParityDifference);
    case 'equal_opportunity':
      return atMostOrNone(asked.maximumEqualOpportunityDifference);
    case 'roc_auc_floor':
      return observed === null ? asItWas(criterion) : atLeast(asked.floors.minimumRocAuc);
    case 'brier_floor':
      return observed === null ? asItWas(criterion) : atMost(asked.floors.maximumBrier);
    // What follows from the rows alone, and what commands of the user's said.
    default:
      return asItWas(criterion);
  }
}

function asItWas({ name, passed, required }: GateCriterion): RejudgedCriterion {
  return { name, passed, required };
}

/** The criteria asked for then, with what two configurations differ in taken from the second. */
export function withChanges(then: GateCriteria, before: GateCriteria, after: GateCriteria): GateCriteria {
  const changed = Object.entries(after).filter(
    ([key, value]) => key !== 'floors' && value !== new Map<string, unknown>(Object.entries(before)).get(key),
  );
  return { ...then, ...Object.fromEntries(changed) };
}
