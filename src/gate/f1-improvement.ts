import { confusionCounts, f1Score } from '../data/classification-metrics.ts';
import type { GateCriterion } from '../data/results/gate.ts';
import type { Comparison, GateQuestion, ScoredModel } from './question.ts';
import { movement, percentages, settled, signed, written } from './wording.ts';

/** F1 of a model at its own threshold. */
export function f1Of({ probabilities, threshold }: ScoredModel, labels: GateQuestion['labels']): number {
  return f1Score(confusionCounts(probabilities, labels, threshold));
}

/**
 * Relative improvement of F1, each model at its own threshold.
 *
 * Where the champion's F1 is 0 the improvement is not defined and the criterion does not pass, however good the
 * challenger: a champion that finds not one positive points to wrong labels, a broken feature or a lost threshold as much
 * as to a bad model, and that is for a person to look at, not for a program to promote over.
 */
export function f1Improvement(comparison: Comparison): GateCriterion {
  const { champion, challenger, labels, criteria, obstacle } = comparison;
  const required = criteria.minimumF1Improvement;
  const unknown = (detail: string): GateCriterion => ({
    name: 'f1_improvement',
    passed: false,
    observed: null,
    required,
    detail,
  });
  if (obstacle !== undefined) return unknown(`F1 cannot be compared: ${obstacle}.`);
  const before = f1Of(champion, labels);
  const after = f1Of(challenger, labels);
  if (before === 0) {
    const [figure] = written([after], 3);
    return unknown(
      `Champion version ${champion.version} finds none of the positive rows (F1 0; the challenger has ${figure}), so a relative improvement is not defined: look at the labels and at its threshold first; 'mlops promote ${challenger.version}' remains a decision of yours.`,
    );
  }
  const observed = settled((after - before) / before);
  const passed = observed >= settled(required);
  const [change, asked] = percentages([observed, required]).map(signed);
  return {
    name: 'f1_improvement',
    passed,
    observed,
    required,
    detail: `F1 ${movement(before, after)} (${change}), at least ${asked} is required.`,
  };
}
