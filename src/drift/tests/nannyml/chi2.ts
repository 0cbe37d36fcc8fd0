import { total } from '../../value-counts.ts';
import type { Counts } from '../binning.ts';
import { chiSquareSurvival, degreesOfFreedom } from '../chi-square.ts';
import { type DriftTest, pValue, pValueThreshold } from '../drift-test.ts';

export const nannymlChi2Test = {
  name: 'nannyml:chi2',
  description: "NannyML's chi-square test of homogeneity, decided by its p-value: categories.",
  kind: 'p_value',
  takes: ['categorical'],
  threshold: pValueThreshold,
  inclusive: false,
  measure: (samples) => {
    const counts = samples.counts();
    const statistic = contingencyStatistic(counts);
    return pValue(chiSquareSurvival(statistic, degreesOfFreedom(counts.reference)), `statistic ${statistic}`);
  },
} as const satisfies DriftTest;

/** Pearson's statistic of the k x 2 table, with Yates's correction where k is 2, as scipy `chi2_contingency`. */
function contingencyStatistic({ reference, current }: Counts): number {
  const n = total(reference);
  const m = total(current);
  const correction = reference.length === 2 ? 0.5 : 0;
  return reference.reduce((sum, count, index) => {
    const both = count + (current[index] ?? 0);
    const expected = (n * both) / (n + m);
    // Both columns are off by as much.
    const off = Math.abs(count - expected);
    return sum + (off - Math.min(correction, off)) ** 2 * (1 / expected + 1 / ((m * both) / (n + m)));
  }, 0);
}
