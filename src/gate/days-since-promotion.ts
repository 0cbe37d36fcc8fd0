import type { GateCriterion } from '../data/results/gate.ts';
import type { Comparison } from './question.ts';
import { settled, written } from './wording.ts';

/** The champion had time to show itself. A time that is not known or lies ahead does not pass. */
export function daysSincePromotion(comparison: Comparison): GateCriterion {
  const required = comparison.criteria.minimumDays;
  const days = comparison.daysSincePromotion;
  const champion = `Champion version ${comparison.champion.version}`;
  if (days === null || !Number.isFinite(days) || days < 0) {
    const why =
      days === null || !Number.isFinite(days)
        ? `It is not known when champion version ${comparison.champion.version} was promoted: see 'mlops models'.`
        : `${champion} was promoted at a time that still lies ahead: check the clock, or --as-of.`;
    return { name: 'days_since_promotion', passed: false, observed: null, required, detail: why };
  }
  const observed = settled(days);
  const passed = observed >= settled(required);
  const [seen, asked] = written([observed, required], 1);
  const remedy = passed ? '.' : ': ask again when they have passed.';
  return {
    name: 'days_since_promotion',
    passed,
    observed,
    required,
    detail: `${champion} was promoted ${seen} days ago, at least ${asked} days are required${remedy}`,
  };
}
