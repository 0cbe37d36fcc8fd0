import type { Labels } from '../data/classification-metrics.ts';
import { confusionCounts } from '../data/classification-metrics.ts';
import { rocAucInterval } from '../data/delong.ts';
import type { Evaluation } from '../data/results/model-evaluation.ts';
import type { Segment } from '../gate/index.ts';
import { wilsonInterval } from '../gate/wilson.ts';

/** Fewer say nothing by themselves. */
export const fewest = { rows: 50, positives: 10 } as const;

/** How good the answers are on one part of the rows. Undefined where it has none. */
export function segmentFigures(
  feature: string,
  { name, rows: places }: Segment,
  allProbabilities: Float64Array,
  allLabels: Labels,
  threshold: number,
): Evaluation['segments'][number] | undefined {
  const probabilities = Float64Array.from(places, (row) => allProbabilities[row] ?? Number.NaN);
  const labels = Float64Array.from(places, (row) => allLabels[row] ?? Number.NaN);
  const { truePositives, falsePositives, falseNegatives } = confusionCounts(probabilities, labels, threshold);
  const rows = places.length;
  const positives = truePositives + falseNegatives;
  const observed = wilsonInterval(positives, rows);
  if (observed === null) return undefined;
  return {
    feature,
    name,
    rows,
    positives,
    enough: rows >= fewest.rows && Math.min(positives, rows - positives) >= fewest.positives,
    predicted: probabilities.reduce((sum, probability) => sum + probability, 0) / rows,
    observed,
    precision: wilsonInterval(truePositives, truePositives + falsePositives),
    recall: wilsonInterval(truePositives, positives),
    roc_auc: rocAucInterval(probabilities, labels),
  };
}
