import type { GateCriterion, GateJudgement } from '../data/results/gate.ts';
import { brierDegradation } from './brier-degradation.ts';
import { compareSegments } from './compare-segments.ts';
import { daysSincePromotion } from './days-since-promotion.ts';
import { compareCosts, expectedCost } from './expected-cost.ts';
import { f1Improvement } from './f1-improvement.ts';
import { brierAgainstBaseRate, brierFloor, f1Floor, rocAucFloor } from './floors.ts';
import { groupDifferences } from './group-differences.ts';
import { demographicParity, equalOpportunity } from './group-fairness.ts';
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

/**
 * To add a criterion: its function in a file of its own, its name in data/results/gate.ts, and its entry here. One that nothing
 * is configured for is undefined.
 */
const comparisonCriteria: readonly ((comparison: Comparison) => GateCriterion | undefined)[] = [
  labelledRows,
  labelCoverage,
  daysSincePromotion,
  f1Improvement,
  brierDegradation,
  segmentF1,
  expectedCost,
  demographicParity,
  equalOpportunity,
];

/** What holds where there is no champion: runbook/decisions/0004. */
const firstModelCriteria: readonly ((model: FirstModel) => GateCriterion | undefined)[] = [
  labelledRows,
  rocAucFloor,
  brierFloor,
  brierAgainstBaseRate,
  f1Floor,
  demographicParity,
  equalOpportunity,
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
  const groups = groupsOf(question, obstacle);
  const comparison = champion === null ? null : comparisonOf(question, champion, obstacle, groups);
  const criteria = (
    comparison === null
      ? firstModelCriteria.map((criterion) => criterion({ ...question, obstacle, groups }))
      : comparisonCriteria.map((criterion) => criterion(comparison))
  ).filter((criterion) => criterion !== undefined);
  return {
    decision: criteria.every((criterion) => criterion.passed) ? 'promote' : 'reject',
    champion: champion?.version ?? null,
    challenger: challenger.version,
    rows: labels.length,
    criteria,
    segments: comparison?.compared?.segments.slice() ?? null,
    costs: comparison?.costs ?? null,
    groups: groups?.slice() ?? null,
    significance: comparison === null ? null : significanceOf(comparison),
  };
}

function groupsOf(question: GateQuestion, obstacle: string | undefined): Comparison['groups'] {
  const { protectedColumns = [] } = question;
  if (obstacle !== undefined || protectedColumns.length === 0) return null;
  return protectedColumns.map((each) => groupDifferences(question, question.labels, each));
}

function comparisonOf(
  question: GateQuestion,
  champion: ScoredModel,
  obstacle: string | undefined,
  groups: Comparison['groups'],
): Comparison {
  const { challenger, labels, criteria } = question;
  const allowed = criteria.maximumSegmentLoss;
  const compared =
    obstacle !== undefined || allowed === null ? null : compareSegments(question, champion, allowed);
  const costs =
    obstacle !== undefined || criteria.costs === null
      ? null
      : compareCosts(champion, challenger, labels, criteria.costs);
  return { ...question, champion, obstacle, compared, costs, groups };
}
