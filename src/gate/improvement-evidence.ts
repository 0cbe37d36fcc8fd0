import type { GateCriterion } from '../data/results/gate.ts';
import type { Comparison } from './question.ts';
import { count, percentages, settled } from './wording.ts';

/**
 * The challenger is better beyond chance: the evidence is such that of the challengers of this champion which are no better, few
 * would ever show it, however often and at however many of them the gate looks. runbook/decisions/0032
 */
export function improvementEvidence(comparison: Comparison): GateCriterion {
  const { champion, challenger, criteria, evidence, obstacle } = comparison;
  const required = criteria.maximumFalsePromotion;
  const name = 'improvement_evidence';
  if (evidence === null) {
    const detail = `Chance cannot be told from improvement: ${obstacle}.`;
    return { name, passed: false, observed: null, required, detail };
  }
  const observed = evidence.false_promotion;
  if (required === null) {
    const detail = 'Evidence that the improvement is real is not asked for by these criteria.';
    return { name, passed: true, observed, required, detail };
  }
  const passed = observed <= settled(required);
  const [allowed = ''] = percentages([required]);
  const beyond = passed
    ? `Version ${challenger.version} is better beyond chance`
    : `Not enough evidence that version ${challenger.version} is better`;
  return {
    name,
    passed,
    observed,
    required,
    detail: `${beyond}: were it no better than version ${champion.version}, as much would ever be seen in ${chance(observed)} of cases, and at most ${allowed} is allowed (challenger ${evidence.challenger_number} of this champion).${passed ? '' : ` ${needed(comparison, evidence.rows_needed)}`}`,
  };
}

function chance(observed: number): string {
  if (observed >= 1) return 'any number';
  return observed < 0.0001 ? 'less than 0.01 %' : `up to ${percentages([observed]).join('')}`;
}

function needed({ labels }: Comparison, rows: number | null): string {
  return rows === null
    ? `The ${count(labels.length)} labelled rows do not speak for it: more like them would not help.`
    : `About ${count(rows)} more labelled rows would tell, if they are like the ${count(labels.length)} seen.`;
}
