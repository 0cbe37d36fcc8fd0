import { randomFrom } from '../../training/random.ts';
import { total } from '../value-counts.ts';
import type { Counts } from './binning.ts';

/** Values of so few rows are dealt out row by row, which is quicker than looking for where to begin. */
const fewRows = 16;
/** After so many draws as extreme as the data another one hardly changes the chance. */
const enoughExtreme = 100;
/** A report of a hundred features has to tell apart chances far below one in a thousand; but of many values each draw takes its time. */
const draws = { most: 9_999, fewest: 199, ofValues: 2e6 } as const;
/** Equal statistics may differ in the last digits of their sums. */
const rounding = 1e-12;

export interface PermutationTest {
  /** Of the counts as they are. */
  readonly statistic: number;
  /** Chance of one at least so large where both sides are of one distribution. */
  readonly pValue: number;
  /** How many draws it took. */
  readonly permutations: number;
}

/**
 * By permutation, each draw at the cost of `statisticOf`: until 100 draws are as extreme, and then those of all draws (Besag and
 * Clifford 1991), else (extreme + 1) / (draws + 1). What nothing moved ends soon, and a small chance is told by many draws.
 * @param statisticOf larger is more extreme; the table's arrays are used again for the next
 */
export function permutationTest(
  counts: Counts,
  seed: number,
  statisticOf: (table: Counts) => number,
): PermutationTest {
  const statistic = statisticOf(counts);
  const reached = statistic - rounding * Math.max(1, Math.abs(statistic));
  const affordable = Math.floor(draws.ofValues / counts.reference.length);
  const most = Math.min(draws.most, Math.max(draws.fewest, affordable));
  let extreme = 0;
  let permutations = 0;
  for (const table of permutedTables(counts, most, seed)) {
    permutations++;
    if (statisticOf(table) >= reached && ++extreme === enoughExtreme)
      return { statistic, pValue: extreme / permutations, permutations };
  }
  return { statistic, pValue: (extreme + 1) / (permutations + 1), permutations };
}

/**
 * What the counts of both sides would be were the rows of both mixed and dealt out anew: `times` draws, the margins kept.
 *
 * Each count is drawn from its hypergeometric distribution given those before it, so that a draw costs by the number of
 * values rather than of rows. The same seed gives the same draws.
 */
function* permutedTables(counts: Counts, times: number, seed: number): Generator<Counts> {
  const random = randomFrom(seed);
  const both = counts.reference.map((count, index) => count + (counts.current[index] ?? 0));
  const rows = total(both);
  const referenceRows = total(counts.reference);
  const logFactorial = logFactorials(rows);
  const reference = new Array<number>(both.length).fill(0);
  const current = new Array<number>(both.length).fill(0);
  for (let time = 0; time < times; time++) {
    let left = rows;
    let places = referenceRows;
    for (const [index, count] of both.entries()) {
      const drawn = drawHypergeometric({ random, logFactorial }, count, left, places);
      reference[index] = drawn;
      current[index] = count - drawn;
      left -= count;
      places -= drawn;
    }
    yield { reference, current };
  }
}

interface Draws {
  readonly random: () => number;
  /** By the number. */
  readonly logFactorial: Float64Array;
}

function logFactorials(largest: number): Float64Array {
  const logarithms = new Float64Array(largest + 1);
  for (let number = 2; number <= largest; number++)
    logarithms[number] = (logarithms[number - 1] ?? 0) + Math.log(number);
  return logarithms;
}

/** How many of `marked` rows among `rows` fall into `places` of them. */
function drawHypergeometric(draws: Draws, marked: number, rows: number, places: number): number {
  if (marked === rows) return places;
  return marked <= fewRows
    ? dealOut(draws.random, marked, rows, places)
    : drawFromMode(draws, marked, rows, places);
}

function dealOut(random: () => number, marked: number, rows: number, places: number): number {
  let free = places;
  for (let row = 0; row < marked; row++) if (random() * (rows - row) < free) free--;
  return places - free;
}

/** Inversion from the mode outwards: as many steps as the draw lies away from it. */
function drawFromMode({ random, logFactorial }: Draws, marked: number, rows: number, places: number): number {
  const least = Math.max(0, places - (rows - marked));
  const most = Math.min(marked, places);
  const mode = Math.floor(((places + 1) * (marked + 1)) / (rows + 2));
  const others = rows - marked - places;
  const logChoose = (n: number, k: number) =>
    (logFactorial[n] ?? 0) - (logFactorial[k] ?? 0) - (logFactorial[n - k] ?? 0);
  const atMode = Math.exp(
    logChoose(marked, mode) + logChoose(rows - marked, places - mode) - logChoose(rows, places),
  );
  let rest = random() - atMode;
  let up = mode;
  let down = mode;
  let upper = atMode;
  let lower = atMode;
  while (rest >= 0 && (up < most || down > least)) {
    if (up < most) {
      upper *= ((marked - up) * (places - up)) / ((up + 1) * (others + up + 1));
      up++;
      rest -= upper;
      if (rest < 0) return up;
    }
    if (down > least) {
      lower *= (down * (others + down)) / ((marked - down + 1) * (places - down + 1));
      down--;
      rest -= lower;
      if (rest < 0) return down;
    }
    if (upper + lower < Number.MIN_VALUE) break;
  }
  return mode;
}
