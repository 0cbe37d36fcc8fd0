import type { Labels } from '../data/classification-metrics.ts';
import type { GateCosts, GateCriterion } from '../data/results/gate.ts';
import type { DecisionCosts } from './criteria.ts';
import type { Comparison, ScoredModel } from './question.ts';
import { settled, signed, written } from './wording.ts';

/** Costs are told for so many decisions. */
const decisions = 1000;
/** Two-sided 95 %. */
const z = 1.959963984540054;

/**
 * What the decisions of both models cost on the same rows, per 1,000 decisions, and the difference with its 95 % interval:
 * the normal interval of the mean of the paired differences, with n - 1 in the variance, as statsmodels'
 * `DescrStatsW(d).zconfint_mean`. O(rows).
 * @param labels 0 or 1, one a row
 */
export function compareCosts(
  champion: ScoredModel,
  challenger: ScoredModel,
  labels: Labels,
  costs: DecisionCosts,
): GateCosts {
  let before = 0;
  let after = 0;
  let squares = 0;
  const rows = labels.length;
  for (let row = 0; row < rows; row++) {
    const cost = (model: ScoredModel) => costOf(model, row, labels[row] === 1, costs);
    const difference = cost(challenger) - cost(champion);
    before += cost(champion);
    after += cost(challenger);
    squares += difference * difference;
  }
  const mean = (after - before) / rows;
  const variance = Math.max(0, squares - rows * mean * mean) / (rows - 1);
  const half = rows < 2 ? null : z * Math.sqrt(variance / rows);
  const per = (value: number) => settled(value * decisions);
  return {
    false_positive: costs.falsePositive,
    false_negative: costs.falseNegative,
    champion: per(before / rows),
    challenger: per(after / rows),
    difference: per(mean),
    interval: half === null ? null : { low: per(mean - half), high: per(mean + half) },
  };
}

function costOf(
  { probabilities, threshold }: ScoredModel,
  row: number,
  positive: boolean,
  { falsePositive, falseNegative }: DecisionCosts,
): number {
  const flagged = (probabilities[row] ?? 0) >= threshold;
  if (flagged === positive) return 0;
  return positive ? falseNegative : falsePositive;
}

/** The challenger's decisions cost no more than the champion's, or as much more as is allowed; undefined where no costs are set. */
export function expectedCost({ criteria, obstacle, costs }: Comparison): GateCriterion | undefined {
  if (criteria.costs === null) return undefined;
  const name = 'expected_cost';
  const required = criteria.maximumCostIncrease;
  if (costs === null) {
    const detail = `Costs cannot be compared: ${obstacle}.`;
    return { name, passed: false, observed: null, required, detail };
  }
  const { champion, challenger, difference, interval } = costs;
  const [before, after, change, allowed] = written([champion, challenger, difference, required], 1);
  const between =
    interval === null
      ? ''
      : `, 95 % interval ${written([interval.low, interval.high], 1).map(signed).join(' to ')}`;
  const movement =
    difference === 0
      ? `stays at ${before}`
      : `${difference > 0 ? 'rises' : 'falls'} from ${before} to ${after}`;
  return {
    name,
    passed: difference <= settled(required),
    observed: difference,
    required,
    detail: `The expected cost of 1,000 decisions ${movement} (${signed(change ?? '')}${between}), at most ${signed(allowed ?? '')} is allowed.`,
  };
}
