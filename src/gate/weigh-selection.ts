import type { Labels } from '../data/classification-metrics.ts';
import type { GateSelection } from '../data/results/gate.ts';
import type { GateQuestion, ScoredModel } from './question.ts';
import { settled } from './wording.ts';

/** Whether the rows that have labels are like those that have none. */
export interface LabelSelection {
  readonly found: Omit<GateSelection, 'weighted'>;
  /**
   * How many predictions each labelled row stands for, 0 for rows that were not looked at; null where the two sides are alike, and
   * nothing has to be weighed.
   */
  readonly weights: Float64Array | null;
}

/**
 * The figures of both models as they would be if every prediction had a label, beside those of the labelled rows: each row
 * weighs one over its chance of having a label (Horvitz and Thompson 1952). It corrects what the features tell of who gets a
 * label, and nothing else.
 */
export function weighSelection(
  { champion, challenger, labels }: Pick<GateQuestion, 'champion' | 'challenger' | 'labels'>,
  { found, weights }: LabelSelection,
): GateSelection {
  if (weights === null) return { ...found, weighted: null };
  const before = champion === null ? null : weightedFigures(champion, labels, weights);
  const after = weightedFigures(challenger, labels, weights);
  return {
    ...found,
    weighted: {
      effective_rows: settled(effectiveRows(weights)),
      champion: before,
      challenger: after,
      f1_improvement: before === null || before.f1 === 0 ? null : settled((after.f1 - before.f1) / before.f1),
    },
  };
}

function weightedFigures({ probabilities, threshold }: ScoredModel, labels: Labels, weights: Float64Array) {
  let found = 0;
  let flagged = 0;
  let positive = 0;
  let squares = 0;
  let all = 0;
  for (let row = 0; row < weights.length; row++) {
    const weight = weights[row] ?? 0;
    const label = labels[row] === 1 ? 1 : 0;
    const probability = probabilities[row] ?? 0;
    const calls = probability >= threshold ? 1 : 0;
    found += weight * label * calls;
    flagged += weight * calls;
    positive += weight * label;
    squares += weight * (probability - label) ** 2;
    all += weight;
  }
  return {
    f1: flagged + positive === 0 ? 0 : settled((2 * found) / (flagged + positive)),
    brier: settled(squares / all),
  };
}

/** As many equally weighing rows would say as much (Kish 1965). */
function effectiveRows(weights: Float64Array): number {
  let sum = 0;
  let squares = 0;
  for (const weight of weights) {
    sum += weight;
    squares += weight * weight;
  }
  return squares === 0 ? 0 : (sum * sum) / squares;
}
