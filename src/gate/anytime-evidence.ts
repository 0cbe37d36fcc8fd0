import erfc from '@stdlib/math-base-special-erfc';
import { type FlaggedBy, type PairedCounts, sizeOf } from './paired-counts.ts';
import type { PairedScores } from './paired-scores.ts';

/** Differences of the two models, summed over rows, and their squares. */
interface Differences {
  readonly sum: number;
  readonly squares: number;
}

/** What the rows seen so far say, and what more rows like them would. */
export interface AnytimeEvidence {
  /**
   * Natural logarithm of an e-value. Were the models equal, the chance that it ever exceeds log(1 / a), at any number of
   * rows, is at most `a` (Ville 1939).
   */
  readonly logarithm: number;
  /** How many times the rows seen make it `wanted`, if they go on so; null where they do not speak for the challenger. */
  timesUntil(wanted: number): number | null;
}

/** How far the bets reach, per unit of each difference: chosen for some thousand rows, valid for any. runbook/decisions/0032 */
const logLossReach = 0.3;
const f1Reach = 0.2;
/** More of the same rows than anybody waits for. */
const mostTimes = 1000;

/**
 * Evidence that the challenger is better which may be looked at after every row.
 *
 * Were the models equal, their scores on a row could as well be exchanged, so that the sign of each difference d is a toss:
 * then exp(b S - b² V / 2), with S the sum of d and V of d², is a supermartingale for any b (de la Peña 1999; Howard, Ramdas,
 * McAuliffe and Sekhon 2020, "Time-uniform Chernoff bounds via nonnegative supermartingales", table 3), and so is its mean over
 * b = |N(0, 1)|, which has a closed form (Howard et al. 2021, "Time-uniform, nonparametric, nonasymptotic confidence sequences",
 * section 3.2). It depends on sums alone, not on the order of the rows, so that the same rows always give the same figure.
 *
 * A third of the stake is on the log loss, which shows a better model early; a third on F1 at the thresholds, which shows a better
 * threshold; a third on both together. Of F1 it is the linear form of the difference: 2 y - F for each row that one model alone
 * flags, F being the F1 of both together.
 */
export function anytimeEvidence(counts: PairedCounts, scores: PairedScores): AnytimeEvidence {
  const stakes = stakesOf(counts, scores);
  const at = (times: number) => meanOf(stakes.map((stake) => logMixture(grown(stake, times))));
  return {
    logarithm: at(1),
    timesUntil(wanted) {
      if (at(1) >= wanted) return 1;
      if (at(mostTimes) < wanted) return null;
      let [low, high] = [1, mostTimes];
      while (high - low > 1e-6) {
        const middle = (low + high) / 2;
        if (at(middle) < wanted) low = middle;
        else high = middle;
      }
      return high;
    },
  };
}

function grown({ sum, squares }: Differences, times: number): Differences {
  return { sum: sum * times, squares: squares * times };
}

/** Logarithm of the mean of exp(b sum - b² squares / 2) over b = |N(0, 1)|. */
function logMixture({ sum, squares }: Differences): number {
  const spread = 1 + squares;
  const lean = sum / Math.sqrt(spread);
  return (lean * lean) / 2 - Math.log(spread) / 2 + Math.log(erfc(-lean / Math.SQRT2));
}

/** Logarithm of the mean of numbers given by theirs. */
function meanOf(logarithms: readonly number[]): number {
  const most = Math.max(...logarithms);
  if (most === Number.NEGATIVE_INFINITY) return most;
  const sum = logarithms.reduce((total, each) => total + Math.exp(each - most), 0);
  return most + Math.log(sum / logarithms.length);
}

function stakesOf(
  { positives, negatives }: PairedCounts,
  { logLoss, logLossOfFlagged }: PairedScores,
): readonly Differences[] {
  const flagged = (rows: FlaggedBy) => 2 * rows.both + rows.champion + rows.challenger;
  const found = flagged(positives);
  const level = (2 * found) / (2 * sizeOf(positives) + found + flagged(negatives));
  const weight = 2 - level;
  const f1 = {
    sum:
      weight * (positives.challenger - positives.champion) -
      level * (negatives.challenger - negatives.champion),
    squares:
      weight * weight * (positives.challenger + positives.champion) +
      level * level * (negatives.challenger + negatives.champion),
  };
  const products = weight * logLossOfFlagged.positives - level * logLossOfFlagged.negatives;
  const ofLogLoss = { sum: logLossReach * logLoss.sum, squares: logLossReach ** 2 * logLoss.squares };
  const ofF1 = { sum: f1Reach * f1.sum, squares: f1Reach ** 2 * f1.squares };
  const ofBoth = {
    sum: ofLogLoss.sum + ofF1.sum,
    squares: ofLogLoss.squares + ofF1.squares + 2 * logLossReach * f1Reach * products,
  };
  return [ofLogLoss, ofF1, ofBoth];
}
