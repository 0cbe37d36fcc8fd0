import type { GateCriterion } from '../data/results/gate.ts';
import type { GateQuestion } from './question.ts';
import { count } from './wording.ts';

/** Enough labelled rows to judge by; none is never enough, whatever is required. */
export function labelledRows({ labels, criteria }: GateQuestion): GateCriterion {
  const required = criteria.minimumRows;
  const observed = labels.length;
  const passed = observed > 0 && observed >= required;
  const remedy = passed ? '.' : ": wait until more fall due, or add them with 'mlops labels add'.";
  return {
    name: 'labelled_rows',
    passed,
    observed,
    required,
    detail: `${count(observed)} labelled rows were scored, at least ${count(required)} are required${remedy}`,
  };
}
