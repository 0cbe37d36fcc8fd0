import { confusionCounts, f1Score, type Labels } from '../data/classification-metrics.ts';
import type { Evaluation } from '../data/results/model-evaluation.ts';

/** Shares of rows that are decided as outcome 1. */
const flaggedShares = [0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5];

/**
 * What each threshold would decide: those that flag given shares of the rows, and the version's own.
 * @param probabilities of outcome 1, one a row, 0..1; at least one
 */
export function thresholdChoices(
  probabilities: Float64Array,
  labels: Labels,
  own: number,
): Evaluation['thresholds'] {
  const descending = probabilities.toSorted().reverse();
  const rows = probabilities.length;
  const others = flaggedShares.map((share) => descending[Math.max(1, Math.round(share * rows)) - 1] ?? own);
  return [...new Set([...others, own])]
    .toSorted((a, b) => a - b)
    .map((threshold) => {
      const counts = confusionCounts(probabilities, labels, threshold);
      const flagged = counts.truePositives + counts.falsePositives;
      const positives = counts.truePositives + counts.falseNegatives;
      return {
        threshold,
        own: threshold === own,
        precision: flagged === 0 ? null : counts.truePositives / flagged,
        recall: positives === 0 ? null : counts.truePositives / positives,
        f1: f1Score(counts),
        approval_rate: 1 - flagged / rows,
      };
    });
}
