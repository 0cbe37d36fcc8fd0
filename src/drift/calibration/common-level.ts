import { firstAtLeast } from '../../data/sorted-numbers.ts';

/** Beyond this share of the draws a tail is described by its shape: single draws there are too few to go by. */
const tailShare = 0.1;
/** More than was ever drawn, where the draws are of one value. */
const justAbove = 1e-9;

/** What chance makes of one score, by draws. Evidence is larger the less the score looks like chance. */
interface Tail {
  /** Chance of evidence at least so large. */
  readonly chanceOf: (evidence: number) => number;
  readonly reachedWith: (chance: number) => number;
}

/**
 * How much evidence each of several scores may show so that the chance that any of them shows more is `level`, all at one
 * chance each: the least chance over the scores of a draw is what the level is counted over (the min-p of Westfall and Young
 * 1993), so that scores which move together are not counted twice.
 * @param evidence for each score one figure a draw, whose tail falls off exponentially: squared distances, -log of p-values
 */
export function commonLimits(evidence: readonly Float64Array[], level: number): readonly number[] {
  const tails = evidence.map(tailOf);
  const draws = evidence[0]?.length ?? 0;
  const least = Float64Array.from({ length: draws }, (_, draw) =>
    tails.reduce((chance, tail, score) => Math.min(chance, tail.chanceOf(evidence[score]?.[draw] ?? 0)), 1),
  ).sort();
  const allowed = Math.max(1, Math.floor(level * (draws + 1)));
  const each = least[allowed - 1] ?? level;
  return tails.map((tail) => tail.reachedWith(each));
}

/**
 * The draws themselves, and beyond their ninth tenth an exponential of their mean excess: the tail of a squared distance
 * between distribution functions, which are Gaussian in the limit (peaks over a threshold, Pickands 1975).
 */
function tailOf(draws: Float64Array): Tail {
  const sorted = draws.toSorted();
  const count = sorted.length;
  const from = sorted[Math.floor((1 - tailShare) * count)] ?? 0;
  const beyond = sorted.filter((value) => value > from);
  const share = beyond.length / count;
  const excess = beyond.reduce((sum, value) => sum + (value - from) / beyond.length, 0);
  return {
    chanceOf: (evidence) =>
      evidence > from
        ? share * Math.exp(-(evidence - from) / excess)
        : (count - firstAtLeast(sorted, evidence)) / count,
    reachedWith: (chance) =>
      chance < share
        ? from + excess * Math.log(share / chance)
        : reachedBySo(sorted, Math.floor(chance * count)),
  };
}

/** The smallest value that at most so many of the draws reach. */
function reachedBySo(sorted: Float64Array, many: number): number {
  const value = sorted[Math.max(0, sorted.length - many)];
  const largest = sorted.at(-1) ?? 0;
  if (value === undefined) return largest * (1 + justAbove) + justAbove;
  const first = firstAtLeast(sorted, value);
  if (sorted.length - first <= many) return value;
  return sorted.find((each) => each > value) ?? largest * (1 + justAbove) + justAbove;
}
