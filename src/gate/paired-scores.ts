import betainc from '@stdlib/math-base-special-betainc';
import type { Labels } from '../data/classification-metrics.ts';
import type { ScoredModel } from './question.ts';

/** Sums over the rows of how much lower the challenger's loss is than the champion's. */
export interface ScoreGain {
  readonly rows: number;
  readonly sum: number;
  readonly squares: number;
}

export interface PairedScores {
  /** Logarithmic loss, natural logarithm, of probabilities limited to 0.001..0.999. */
  readonly logLoss: ScoreGain;
  /** The gain in log loss on the rows that the challenger alone flags, less that on the rows that the champion alone flags. */
  readonly logLossOfFlagged: { readonly positives: number; readonly negatives: number };
  readonly brier: ScoreGain;
}

/** Beyond it one row that a model is sure about, and wrong, would outweigh thousands. */
const leastProbability = 0.001;

/** The gain in two proper scores, row by row; above 0 where the challenger is better. */
export function pairedScores(champion: ScoredModel, challenger: ScoredModel, labels: Labels): PairedScores {
  const flagged = { positives: 0, negatives: 0 };
  const sums = { logLoss: 0, logLossSquares: 0, brier: 0, brierSquares: 0 };
  for (let row = 0; row < labels.length; row++) {
    const before = ofOutcome(champion.probabilities[row] ?? Number.NaN, labels[row]);
    const after = ofOutcome(challenger.probabilities[row] ?? Number.NaN, labels[row]);
    const logLoss = Math.log(limited(after) / limited(before));
    const brier = (1 - before) ** 2 - (1 - after) ** 2;
    const moved =
      Number((challenger.probabilities[row] ?? 0) >= challenger.threshold) -
      Number((champion.probabilities[row] ?? 0) >= champion.threshold);
    flagged[labels[row] === 1 ? 'positives' : 'negatives'] += moved * logLoss;
    sums.logLoss += logLoss;
    sums.logLossSquares += logLoss * logLoss;
    sums.brier += brier;
    sums.brierSquares += brier * brier;
  }
  const rows = labels.length;
  return {
    logLoss: { rows, sum: sums.logLoss, squares: sums.logLossSquares },
    logLossOfFlagged: flagged,
    brier: { rows, sum: sums.brier, squares: sums.brierSquares },
  };
}

/** Two-sided p-value of the paired t-test of no gain (Student 1908); null with one row, or where every row gains the same. */
export function pairedTest({ rows, sum, squares }: ScoreGain): number | null {
  if (squares === 0) return 1;
  const spread = squares - (sum * sum) / rows;
  if (rows < 2 || spread <= squares * 1e-14) return null;
  const freedom = rows - 1;
  const t2 = (sum * sum * freedom) / rows / spread;
  return betainc(freedom / (freedom + t2), freedom / 2, 0.5);
}

function ofOutcome(probability: number, label: number | undefined): number {
  return label === 1 ? probability : 1 - probability;
}

function limited(probability: number): number {
  return Math.min(Math.max(probability, leastProbability), 1 - leastProbability);
}
