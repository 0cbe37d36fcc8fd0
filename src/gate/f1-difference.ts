import gammaln from '@stdlib/math-base-special-gammaln';
import type { Labels } from '../data/classification-metrics.ts';
import { f1OfBoth, pairedCounts, sizeOf } from './paired-counts.ts';
import type { ScoredModel } from './question.ts';

/** F1 of a champion and a challenger on the same rows, and what chance alone could make of the difference. */
export interface F1Difference {
  readonly positives: number;
  /** F1 of the champion, 0..1. */
  readonly before: number;
  /** F1 of the challenger, 0..1. */
  readonly after: number;
  /** Rows that the two decide differently: all the evidence there is. */
  readonly discordant: number;
  /**
   * One-sided p-value of the hypothesis that the challenger loses at most a share of the champion's F1.
   * @param allowed the share, 0..1
   */
  pValue(allowed: number): number;
  /**
   * The differences `after - before`, -1..1, that the test does not reject.
   * @param outside chance beyond either end, such as 0.025
   */
  interval(outside: number): { readonly low: number; readonly high: number };
}

/** Figures that differ by floating-point rounding alone are equal. */
const rounding = 1e-12;

/**
 * The paired randomisation test of a difference of F1 (Fisher 1935; for F1 Yeh 2000, "More accurate tests for the statistical
 * significance of result differences"): were the models equal, the two decisions on a row could as well be exchanged.
 *
 * Only rows that they decide differently matter, and of these only how many found positives and how many false alarms fall
 * to either model: two binomials of one half. So the distribution over all exchanges is computed, not drawn, in time
 * proportional to those rows. Without an allowed loss the test is exact for equal models of any size; the allowed loss
 * moves the observed difference by that share of the champion's F1.
 * @param rows indices of the rows to compare on; at least one is positive
 */
export function f1Difference(
  champion: ScoredModel,
  challenger: ScoredModel,
  labels: Labels,
  rows: Uint32Array,
): F1Difference {
  const counts = pairedCounts(champion, challenger, labels, rows);
  const { positives, negatives } = counts;
  const size = sizeOf(positives);
  const found = positives.champion + positives.challenger;
  const alarms = negatives.champion + negatives.challenger;
  const { champion: before, challenger: after } = f1OfBoth(counts);
  const f1 = (foundAlone: number, alarmsAlone: number) => {
    const truePositives = positives.both + foundAlone;
    return (2 * truePositives) / (size + truePositives + negatives.both + alarmsAlone);
  };

  const chanceOfFound = binomialOfHalf(found);
  const chanceOfAlarms = upperSums(binomialOfHalf(alarms));
  /** Chance that an exchange of decisions gives a difference of at most this. */
  const chanceOfAtMost = (difference: number) => {
    let chance = 0;
    // The more of the positives the challenger finds, the more false alarms it takes to make up for them.
    let needed = 0;
    for (let taken = 0; taken <= found; taken++) {
      while (
        needed <= alarms &&
        f1(taken, needed) - f1(found - taken, alarms - needed) > difference + rounding
      )
        needed++;
      if (needed > alarms) break;
      chance += (chanceOfFound[taken] ?? 0) * (chanceOfAlarms[needed] ?? 0);
    }
    return Math.min(1, chance);
  };
  return {
    positives: size,
    before,
    after,
    discordant: found + alarms,
    pValue: (allowed) => chanceOfAtMost(after - (1 - allowed) * before),
    interval(outside) {
      // The exchanges are symmetric about 0, so that one end tells the other.
      const half = -endOf((difference) => chanceOfAtMost(difference) <= outside, -1, 0);
      return { low: Math.max(-1, after - before - half), high: Math.min(1, after - before + half) };
    },
  };
}

/** Where `holds` ceases to hold on the way up, within 1e-12; `from` where it does not hold even there. */
export function endOf(holds: (value: number) => boolean, from: number, to: number): number {
  if (!holds(from)) return from;
  let low = from;
  let high = to;
  while (high - low > rounding) {
    const middle = (low + high) / 2;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return high;
}

/** Chance of 0, 1, … `of` heads. */
function binomialOfHalf(of: number): Float64Array {
  return Float64Array.from({ length: of + 1 }, (_, heads) =>
    Math.exp(gammaln(of + 1) - gammaln(heads + 1) - gammaln(of - heads + 1) - of * Math.LN2),
  );
}

/** From each place on to the end; summed from the end, where the chances are smallest. */
function upperSums(chances: Float64Array): Float64Array {
  const sums = chances.slice();
  for (let at = sums.length - 2; at >= 0; at--) sums[at] = (sums[at] ?? 0) + (sums[at + 1] ?? 0);
  return sums;
}
