import { brierScore } from '../data/classification-metrics.ts';
import type { GateCriterion } from '../data/results/gate.ts';
import type { Comparison } from './question.ts';
import { movement, settled, signed, written } from './wording.ts';

/** How much worse (higher) the Brier score becomes; below 0 where it improves. */
export function brierDegradation(comparison: Comparison): GateCriterion {
  const { champion, challenger, labels, criteria, obstacle } = comparison;
  const required = criteria.maximumBrierDegradation;
  if (obstacle !== undefined) {
    const detail = `The Brier scores cannot be compared: ${obstacle}.`;
    return { name: 'brier_degradation', passed: false, observed: null, required, detail };
  }
  const before = brierScore(champion.probabilities, labels);
  const after = brierScore(challenger.probabilities, labels);
  const observed = settled(after - before);
  const [change, allowed] = written([observed, required], 3).map(signed);
  const meaning = observed === 0 ? '' : observed > 0 ? ', worse' : ', better';
  return {
    name: 'brier_degradation',
    passed: observed <= settled(required),
    observed,
    required,
    detail: `The Brier score ${movement(before, after)} (${change}${meaning}), at most ${allowed} is allowed.`,
  };
}
