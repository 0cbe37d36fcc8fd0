import type { Labels } from '../data/classification-metrics.ts';
import type { Evaluation } from '../data/results/model-evaluation.ts';
import { wilsonInterval } from '../gate/wilson.ts';

/** Bins that a curve has at most; fewer where many rows have one probability. */
const mostBins = 10;

/**
 * Predicted and observed share of outcome 1 in bins of equal counts, with Wilson's interval, and their mean distance by rows
 * (expected calibration error; Naeini, Cooper and Hauskrecht 2015, with bins of equal counts).
 * @param probabilities of outcome 1, one a row, 0..1
 */
export function calibrationCurve(probabilities: Float64Array, labels: Labels): Evaluation['calibration'] {
  const order = Uint32Array.from(probabilities.keys()).sort(
    (a, b) => (probabilities[a] ?? 0) - (probabilities[b] ?? 0),
  );
  const rows = order.length;
  const bins: Evaluation['calibration']['bins'] = [];
  let start = 0;
  for (let bin = 1; bin <= mostBins; bin++) {
    let end = Math.round((rows * bin) / mostBins);
    // Rows with one probability stay together.
    while (end > start && end < rows && at(end) === at(end - 1)) end++;
    if (end <= start) continue;
    const part = order.subarray(start, end);
    const predicted = part.reduce((sum, row) => sum + (probabilities[row] ?? 0), 0) / part.length;
    const positives = part.reduce((count, row) => count + (labels[row] === 1 ? 1 : 0), 0);
    const observed = wilsonInterval(positives, part.length);
    if (observed !== null) bins.push({ rows: part.length, predicted, observed });
    start = end;
  }
  const error = bins.reduce(
    (sum, bin) => sum + (bin.rows / rows) * Math.abs(bin.predicted - bin.observed.value),
    0,
  );
  return { bins, error };

  function at(place: number): number | undefined {
    return probabilities[order[place] ?? 0];
  }
}
