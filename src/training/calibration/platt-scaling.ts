import { minimiseLogLoss } from '../minimise-log-loss.ts';
import type { LabelledScores } from './isotonic-regression.ts';

/**
 * Sigmoid of the score by maximum likelihood (Platt 1999), the labels smoothed as there so that few rows do not lead to
 * certainty: 1 counts as (positives + 1) / (positives + 2), 0 as 1 / (negatives + 2), by weight; as scikit-learn 1.9
 * `_sigmoid_calibration`, whose a and b have the other sign.
 * @returns log odds = slope x score + intercept
 */
export async function plattScaling({ scores, labels, weights }: LabelledScores, signal: AbortSignal) {
  const counted = weights ?? new Float64Array(labels.length).fill(1);
  let [positives, all] = [0, 0];
  for (const [row, weight] of counted.entries()) {
    positives += weight * (labels[row] ?? 0);
    all += weight;
  }
  const one = (positives + 1) / (positives + 2);
  const zero = 1 / (all - positives + 2);
  const target = labels.map((label) => (label === 1 ? one : zero));
  const problem = { inputs: [scores], target, weights: counted, l2: 0 };
  const [intercept = 0, slope = 0] = await minimiseLogLoss(problem, signal);
  return { slope, intercept };
}
