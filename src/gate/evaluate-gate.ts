import type { GateCriterion, GateEvidence, GateJudgement, GateSignificance } from '../data/results/gate.ts';
import { brierDegradation } from './brier-degradation.ts';
import { compareSegments } from './compare-segments.ts';
import { daysSincePromotion } from './days-since-promotion.ts';
import { type EvidenceFigures, evidenceOf, notComparable } from './evidence.ts';
import { compareCosts, expectedCost } from './expected-cost.ts';
import { f1Improvement } from './f1-improvement.ts';
import { brierAgainstBaseRate, brierFloor, f1Floor, rocAucFloor } from './floors.ts';
import { groupDifferences } from './group-differences.ts';
import { demographicParity, equalOpportunity } from './group-fairness.ts';
import { improvementEvidence } from './improvement-evidence.ts';
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
import { weighSelection } from './weigh-selection.ts';

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
  improvementEvidence,
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
  const compared = champion === null ? null : compare(question, champion, obstacle, groups);
  const asked =
    compared === null
      ? firstModelCriteria.map((criterion) => criterion({ ...question, obstacle, groups }))
      : comparisonCriteria.map((criterion) => criterion(compared.comparison));
  const criteria = [...asked, ...(question.commanded ?? [])].filter((criterion) => criterion !== undefined);
  return {
    ...decided(criteria),
    champion: champion?.version ?? null,
    challenger: challenger.version,
    rows: labels.length,
    criteria,
    segments: compared?.comparison.compared?.segments.slice() ?? null,
    costs: compared?.comparison.costs ?? null,
    groups: groups?.slice() ?? null,
    selection:
      question.selection && obstacle === undefined ? weighSelection(question, question.selection) : null,
    evidence: withCount(compared?.comparison.evidence ?? null, criteria),
    significance: compared?.significance ?? null,
  };
}

/** What more labels can mend. */
const waitsForLabels: ReadonlySet<GateCriterion['name']> = new Set([
  'labelled_rows',
  'label_coverage',
  'improvement_evidence',
]);

function decided(criteria: readonly GateCriterion[]): Pick<GateJudgement, 'decision' | 'reason'> {
  const failed = criteria.filter((criterion) => !criterion.passed);
  if (failed.length === 0) return { decision: 'promote', reason: null };
  const waits = failed.every(({ name }) => waitsForLabels.has(name));
  return { decision: 'reject', reason: waits ? 'not_enough_evidence' : 'criteria_not_met' };
}

/** What can rule promotion out before anything is known of which model is better: such a look cannot go wrong, and costs nothing. */
const knownBeforehand: ReadonlySet<GateCriterion['name']> = new Set([
  'labelled_rows',
  'label_coverage',
  'days_since_promotion',
]);

function withCount(
  evidence: EvidenceFigures | null,
  criteria: readonly GateCriterion[],
): GateEvidence | null {
  if (evidence === null) return null;
  return { ...evidence, counted: criteria.every(({ name, passed }) => passed || !knownBeforehand.has(name)) };
}

interface Compared {
  readonly comparison: Comparison;
  readonly significance: GateSignificance;
}

function groupsOf(question: GateQuestion, obstacle: string | undefined): Comparison['groups'] {
  const { protectedColumns = [] } = question;
  if (obstacle !== undefined || protectedColumns.length === 0) return null;
  return protectedColumns.map((each) => groupDifferences(question, question.labels, each));
}

function compare(
  question: GateQuestion,
  champion: ScoredModel,
  obstacle: string | undefined,
  groups: Comparison['groups'],
): Compared {
  if (obstacle !== undefined)
    return {
      comparison: { ...question, champion, obstacle, groups, compared: null, costs: null, evidence: null },
      significance: notComparable,
    };
  const { challenger, labels, criteria } = question;
  const allowed = criteria.maximumSegmentLoss;
  const compared = allowed === null ? null : compareSegments(question, champion, allowed);
  const costs = criteria.costs === null ? null : compareCosts(champion, challenger, labels, criteria.costs);
  const { evidence, significance } = evidenceOf(question, champion);
  return { comparison: { ...question, champion, obstacle, groups, compared, costs, evidence }, significance };
}
