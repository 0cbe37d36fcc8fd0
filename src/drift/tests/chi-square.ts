import gammainc from '@stdlib/math-base-special-gammainc';
import type { Samples } from '../samples.ts';
import { total } from '../value-counts.ts';
import type { Counts } from './binning.ts';
import { type DriftTest, type Measurement, NotDefinedError, pValue, pValueThreshold } from './drift-test.ts';
import { permutationTest } from './permuted-tables.ts';

/** Where fewer rows are expected in a cell the chi-square limit is untrue (Cochran 1954). */
const fewestExpected = 5;

const shared = {
  kind: 'p_value',
  takes: ['categorical'],
  threshold: pValueThreshold,
  inclusive: false,
} as const;

export const chiSquareTest = {
  ...shared,
  name: 'chisquare',
  description:
    'The chi-square test of counts: categories; of homogeneity where a value appears that the reference never had.',
  measure: (samples) => {
    const counts = samples.counts();
    return counts.reference.includes(0) ? homogeneity(counts, samples) : pValue(goodnessOfFit(counts));
  },
} as const satisfies DriftTest;

export const evidentlyChiSquareTest = {
  ...shared,
  name: 'evidently:chisquare',
  description:
    "Evidently's chi-square test: categories; 0 as soon as a value appears that the reference never had.",
  measure: (samples) => pValue(goodnessOfFit(samples.counts())),
} as const satisfies DriftTest;

/**
 * Pearson's chi-square of the current counts against the reference's, scaled to the current size; k - 1 degrees of freedom.
 * Evidently 0.7.23: the reference counts as the truth, and a value that it never had makes the p-value 0.
 * @throws NotDefinedError for a single value
 */
function goodnessOfFit({ reference, current }: Counts): number {
  const scale = total(current) / total(reference);
  let statistic = 0;
  for (const [index, observed] of current.entries()) {
    const expected = (reference[index] ?? 0) * scale;
    statistic += (observed - expected) ** 2 / expected;
  }
  return statistic === Number.POSITIVE_INFINITY ? 0 : chiSquareSurvival(statistic, degreesOfFreedom(current));
}

/** Both sides as samples of one unknown distribution: by the limit where every cell has rows enough, else by permutation. */
function homogeneity(counts: Counts, { referenceSize, currentSize, seed }: Samples): Measurement {
  const smaller = Math.min(referenceSize, currentSize) / (referenceSize + currentSize);
  const rarest = counts.reference.reduce(
    (least, count, index) => Math.min(least, count + (counts.current[index] ?? 0)),
    Number.POSITIVE_INFINITY,
  );
  if (rarest * smaller >= fewestExpected)
    return pValue(
      chiSquareSurvival(homogeneityStatistic(counts), degreesOfFreedom(counts.current)),
      'of homogeneity: new values',
    );
  const found = permutationTest(counts, seed, (table) => homogeneityStatistic(table));
  return pValue(
    found.pValue,
    `of homogeneity by ${found.permutations} permutations: new values, too rare for the chi-square limit`,
  );
}

/**
 * Pearson's statistic of the k x 2 table, in which both columns are off by as much.
 * @param continuity taken from each difference as far as there is one (Yates 1934)
 */
export function homogeneityStatistic({ reference, current }: Counts, continuity = 0): number {
  const n = total(reference);
  const m = total(current);
  let statistic = 0;
  for (const [index, count] of reference.entries()) {
    const expected = (n * (count + (current[index] ?? 0))) / (n + m);
    const off = Math.max(0, Math.abs(count - expected) - continuity);
    statistic += (off ** 2 / expected) * (1 + n / m);
  }
  return statistic;
}

/** @throws NotDefinedError for a single value */
export function degreesOfFreedom(counts: readonly number[]): number {
  if (counts.length < 2) throw new NotDefinedError('there is a single value on both sides');
  return counts.length - 1;
}

/** Chance that a chi-square variable of so many degrees of freedom exceeds the statistic. */
export function chiSquareSurvival(statistic: number, freedom: number): number {
  return gammainc(statistic / 2, freedom / 2, true, true);
}
