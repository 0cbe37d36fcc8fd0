import type { GateCriterion, GateJudgement } from '../data/results/gate.ts';
import { brierDegradation } from './brier-degradation.ts';
import { compareSegments } from './compare-segments.ts';
import { daysSincePromotion } from './days-since-promotion.ts';
import { f1Improvement } from './f1-improvement.ts';
import { brierAgainstBaseRate, brierFloor, f1Floor, rocAucFloor } from './floors.ts';
import { labelCoverage } from './label-coverage.ts';
import { labelledRows } from './labelled-rows.ts';
import {
  type Comparison,
  type FirstModel,
  type GateQuestion,
  obstacleOf,
  type ScoredModel,
} from './question.ts';
import { segmentF1 } from './segment-f1.ts';
import { significanceOf } from './significance.ts';

/** To add a criterion: its function in a file of its own, its name in data/results/gate.ts, and its entry here. */
const comparisonCriteria: readonly ((comparison: Comparison) => GateCriterion)[] = [
  labelledRows,
  labelCoverage,
  daysSincePromotion,
  f1Improvement,
  brierDegradation,
  segmentF1,
];

/** What holds where there is no champion: runbook/decisions/0004. */
const firstModelCriteria: readonly ((model: FirstModel) => GateCriterion)[] = [
  labelledRows,
  rocAucFloor,
  brierFloor,
  brierAgainstBaseRate,
  f1Floor,
];

/**
 * Whether the challenger takes the champion's place: only when every criterion passed. A figure that cannot be computed
 * never passes. O(n log n) in the labelled rows, plus the rows of the segments, and some forty passes over those of them that the
 * models decide differently.
 * @throws InternalError when probabilities and labels differ in length, or a segment names a row that is not there
 */
export function evaluateGate(question: GateQuestion): GateJudgement {
  const { champion, challenger, labels } = question;
  const obstacle = obstacleOf(question);
  const comparison = champion === null ? null : comparisonOf(question, champion, obstacle);
  const criteria =
    comparison === null
      ? firstModelCriteria.map((criterion) => criterion({ ...question, obstacle }))
      : comparisonCriteria.map((criterion) => criterion(comparison));
  return {
    decision: criteria.every((criterion) => criterion.passed) ? 'promote' : 'reject',
    champion: champion?.version ?? null,
    challenger: challenger.version,
    rows: labels.length,
    criteria,
    segments: comparison?.compared?.segments.slice() ?? null,
    significance: comparison === null ? null : significanceOf(comparison),
  };
}

function comparisonOf(
  question: GateQuestion,
  champion: ScoredModel,
  obstacle: string | undefined,
): Comparison {
  const allowed = question.criteria.maximumSegmentLoss;
  const compared =
    obstacle !== undefined || allowed === null ? null : compareSegments(question, champion, allowed);
  return { ...question, champion, obstacle, compared };
}
