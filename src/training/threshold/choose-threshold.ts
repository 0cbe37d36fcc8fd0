import { confusionCounts, f1Score, type Labels } from '../../data/classification-metrics.ts';
import type { ChosenThreshold } from '../../data/results/train.ts';
import { DataError } from '../../platform/errors.ts';
import { approvalRateOf, costOf, precisionOf, recallOf } from './cut-figures.ts';
import { type Cut, thresholdCuts } from './threshold-cuts.ts';
import type { ThresholdRule } from './threshold-rule.ts';

/** Where no row has outcome 1, F1 says nothing. */
const evenOdds = 0.5;

/**
 * Chooses the threshold by a rule, on rows that the model did not learn from.
 * @param probabilities of outcome 1, one a row, 0..1
 * @returns the threshold, what it decides about these rows, and the best F1 beside it
 * @throws DataError when no threshold reaches the precision that is asked for, or the rule needs rows of outcome 1 and finds none
 */
export function chooseThreshold(
  probabilities: Float64Array,
  labels: Labels,
  rule: ThresholdRule,
): ChosenThreshold {
  const cuts = thresholdCuts(probabilities, labels);
  const best = cutOfRank(cuts, (cut) => (cut.truePositives === 0 ? undefined : [f1Score(cut)]));
  if (best === undefined) requireNoPositives(rule);
  const at = (threshold: number): Cut => ({
    threshold,
    ...confusionCounts(probabilities, labels, threshold),
  });
  const chosen = rule.rule === 'fixed' ? at(rule.threshold) : (cutBy(rule, cuts, best) ?? at(evenOdds));
  const costs = rule.rule === 'cost' ? rule.costs : null;
  const cost = (cut: Cut) => (costs === null ? null : costOf(cut, costs));
  return {
    rule: rule.rule,
    required: 'required' in rule ? rule.required : null,
    costs:
      costs === null ? null : { false_positive: costs.falsePositive, false_negative: costs.falseNegative },
    value: chosen.threshold,
    true_positives: chosen.truePositives,
    false_positives: chosen.falsePositives,
    false_negatives: chosen.falseNegatives,
    true_negatives: chosen.trueNegatives,
    approval_rate: approvalRateOf(chosen),
    cost_per_thousand: cost(chosen),
    best_f1:
      best === undefined ? null : { value: best.threshold, f1: f1Score(best), cost_per_thousand: cost(best) },
  };
}

function requireNoPositives({ rule }: ThresholdRule): void {
  if (rule === 'f1' || rule === 'fixed' || rule === 'approval_rate') return;
  throw new DataError('no validation row has target 1, so that no threshold can be chosen', {
    why: `the threshold is chosen by ${rule}`,
    remedy: 'add labelled rows, or choose it by approval rate, or name it: --threshold 0.2',
  });
}

/** @param best by F1 */
function cutBy(
  rule: Exclude<ThresholdRule, { rule: 'fixed' }>,
  cuts: Iterable<Cut>,
  best: Cut | undefined,
): Cut | undefined {
  switch (rule.rule) {
    case 'f1':
      return best;
    case 'cost':
      return cutOfRank(cuts, (cut) => [-costOf(cut, rule.costs)]);
    case 'minimum_precision':
      return (
        cutOfRank(cuts, (cut) =>
          precisionOf(cut) < rule.required ? undefined : [recallOf(cut), precisionOf(cut)],
        ) ?? refusePrecision(cuts, rule.required)
      );
    case 'minimum_recall':
      return cutOfRank(cuts, (cut) =>
        recallOf(cut) < rule.required ? undefined : [precisionOf(cut), recallOf(cut)],
      );
    case 'approval_rate':
      return cutOfRank(cuts, (cut) => [-Math.abs(approvalRateOf(cut) - rule.required)]);
  }
}

function refusePrecision(cuts: Iterable<Cut>, required: number): never {
  const most = cutOfRank(cuts, (cut) => [precisionOf(cut)]);
  const reached = Number((most === undefined ? 0 : precisionOf(most)).toPrecision(3));
  throw new DataError(`no threshold has a precision of ${required} on the validation rows`, {
    why: `the greatest that one has is ${reached}`,
    remedy: 'ask for less, or train on more rows or other features',
  });
}

/** The cut of the greatest rank, compared figure by figure; the highest of equals; one without a rank is passed over. */
function cutOfRank(
  cuts: Iterable<Cut>,
  rankOf: (cut: Cut) => readonly number[] | undefined,
): Cut | undefined {
  let best: { readonly cut: Cut; readonly rank: readonly number[] } | undefined;
  for (const cut of cuts) {
    const rank = rankOf(cut);
    if (rank !== undefined && (best === undefined || isAbove(rank, best.rank))) best = { cut, rank };
  }
  return best?.cut;
}

function isAbove(rank: readonly number[], other: readonly number[]): boolean {
  const place = rank.findIndex((figure, index) => figure !== other[index]);
  return place >= 0 && (rank[place] ?? 0) > (other[place] ?? 0);
}
