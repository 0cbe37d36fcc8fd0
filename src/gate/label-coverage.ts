import type { GateCriterion } from '../data/results/gate.ts';
import type { GateQuestion } from './question.ts';
import { percentages, settled } from './wording.ts';

/** Enough of the predictions have a label, so that the labelled rows can stand for all. */
export function labelCoverage({ coverage, criteria }: GateQuestion): GateCriterion {
  const required = criteria.minimumCoverage;
  if (!(coverage >= 0 && coverage <= 1)) {
    return {
      name: 'label_coverage',
      passed: false,
      observed: null,
      required,
      detail:
        'The share of predictions with a label is not known: import the predictions, then add their labels.',
    };
  }
  const observed = settled(coverage);
  const passed = observed >= settled(required);
  const [seen, asked] = percentages([observed, required]);
  const remedy = passed ? '.' : ": wait until more fall due, or add them with 'mlops labels add'.";
  return {
    name: 'label_coverage',
    passed,
    observed,
    required,
    detail: `${seen} of the predictions have a label, at least ${asked} are required${remedy}`,
  };
}
