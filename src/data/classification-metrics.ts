import type { ClassificationMetrics } from './results/classification.ts';

/** Confusion counts of `probability >= threshold` against labels 0 and 1. */
export interface ConfusionCounts {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly trueNegatives: number;
}

/** Labels as 0 or 1, one a row, in any array of numbers. */
export type Labels = ArrayLike<number>;

const smallestProbability = Number.EPSILON;

export function confusionCounts(
  probabilities: Float64Array,
  labels: Labels,
  threshold: number,
): ConfusionCounts {
  let truePositives = 0;
  let falsePositives = 0;
  let falseNegatives = 0;
  let trueNegatives = 0;
  for (let row = 0; row < probabilities.length; row++) {
    const predicted = (probabilities[row] ?? 0) >= threshold;
    if (labels[row] === 1) predicted ? truePositives++ : falseNegatives++;
    else predicted ? falsePositives++ : trueNegatives++;
  }
  return { truePositives, falsePositives, falseNegatives, trueNegatives };
}

/** F1 = TP / (TP + (FP + FN) / 2); 0 where nothing is positive and nothing predicted so, as scikit-learn has it. */
export function f1Score(counts: ConfusionCounts): number {
  const denominator = counts.truePositives + (counts.falsePositives + counts.falseNegatives) / 2;
  return denominator === 0 ? 0 : counts.truePositives / denominator;
}

/**
 * All figures of a binary classifier on labelled rows.
 *
 * @param probabilities of class 1, one a row, 0..1
 * @param threshold a row is predicted positive when its probability is at least this
 */
export function classificationMetrics(
  probabilities: Float64Array,
  labels: Labels,
  threshold: number,
): ClassificationMetrics {
  const counts = confusionCounts(probabilities, labels, threshold);
  const predictedPositive = counts.truePositives + counts.falsePositives;
  const positive = counts.truePositives + counts.falseNegatives;
  return {
    f1: f1Score(counts),
    precision: predictedPositive === 0 ? 0 : counts.truePositives / predictedPositive,
    recall: positive === 0 ? 0 : counts.truePositives / positive,
    roc_auc: rocAuc(probabilities, labels),
    brier: brierScore(probabilities, labels),
    log_loss: logLoss(probabilities, labels),
    threshold,
  };
}

/** Mean squared difference of probability and label (Brier 1950); 0 on no rows. */
export function brierScore(probabilities: Float64Array, labels: Labels): number {
  let sum = 0;
  for (let row = 0; row < probabilities.length; row++) {
    const difference = (probabilities[row] ?? 0) - (labels[row] ?? 0);
    sum += difference * difference;
  }
  return probabilities.length === 0 ? 0 : sum / probabilities.length;
}

/** Mean negative log-likelihood in nats, probabilities clipped to [eps, 1 - eps] as in scikit-learn; 0 on no rows. */
export function logLoss(probabilities: Float64Array, labels: Labels): number {
  let sum = 0;
  for (let row = 0; row < probabilities.length; row++) {
    const probability = probabilities[row] ?? 0;
    const ofLabel = labels[row] === 1 ? probability : 1 - probability;
    sum -= Math.log(Math.min(Math.max(ofLabel, smallestProbability), 1 - smallestProbability));
  }
  return probabilities.length === 0 ? 0 : sum / probabilities.length;
}

/**
 * Area under the ROC curve as the Mann-Whitney statistic, ties counting half; null when only one class is there. Each class is
 * sorted for itself: numbers alone sort ten times as fast as rows by their numbers.
 */
export function rocAuc(probabilities: Float64Array, labels: Labels): number | null {
  const positives = probabilities.filter((_, row) => labels[row] === 1).sort();
  const negatives = probabilities.filter((_, row) => labels[row] !== 1).sort();
  if (positives.length === 0 || negatives.length === 0) return null;
  let below = 0;
  let notAbove = 0;
  let twiceWon = 0;
  for (const value of positives) {
    while (below < negatives.length && (negatives[below] ?? 0) < value) below++;
    while (notAbove < negatives.length && (negatives[notAbove] ?? 0) <= value) notAbove++;
    twiceWon += below + notAbove;
  }
  return twiceWon / 2 / (positives.length * negatives.length);
}
