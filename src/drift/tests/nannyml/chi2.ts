import { chiSquareSurvival, degreesOfFreedom, homogeneityStatistic } from '../chi-square.ts';
import { type DriftTest, pValue, pValueThreshold } from '../drift-test.ts';

/** Of a 2 x 2 table, as scipy `chi2_contingency`. */
const yates = 0.5;

export const nannymlChi2Test = {
  name: 'nannyml:chi2',
  description: "NannyML's chi-square test of homogeneity, decided by its p-value: categories.",
  kind: 'p_value',
  takes: ['categorical'],
  threshold: pValueThreshold,
  inclusive: false,
  measure: (samples) => {
    const counts = samples.counts();
    const statistic = homogeneityStatistic(counts, counts.reference.length === 2 ? yates : 0);
    return pValue(chiSquareSurvival(statistic, degreesOfFreedom(counts.reference)), `statistic ${statistic}`);
  },
} as const satisfies DriftTest;
