import { mean, populationDeviation } from '../moments.ts';
import type { Samples } from '../samples.ts';
import { type DriftTest, driftTests, measureOrSayWhyNot } from '../tests/index.ts';
import type { DriftConvention } from './convention.ts';

/** About so many chunks the reference is cut into where nobody says otherwise. */
const chunkCount = 10;
const deviations = 3;
/** Of these no value is larger, so no threshold is either. */
const largest: Readonly<Record<string, number>> = { 'nannyml:kolmogorov_smirnov': 1 };

/**
 * NannyML 0.13.1's UnivariateDriftCalculator with the current data as one chunk: Jensen-Shannon distance, base 2, above the mean
 * and three standard deviations of what the chunks of the reference give; `nannyml:chi2` by its p-value.
 */
export const nannymlConvention: DriftConvention = {
  name: 'nannyml',
  types: 'schema',
  chooseTest: () => driftTests['nannyml:jensen_shannon'],
  thresholdOf(test, chunks) {
    if (test.kind === 'p_value') return test.threshold;
    const scores = scoresOf(test, chunks(chunkCount));
    return Math.min(
      mean(scores) + deviations * populationDeviation(scores),
      largest[test.name] ?? Number.POSITIVE_INFINITY,
    );
  },
  decide: (features) => features.map(({ feature }) => feature),
};

function scoresOf(test: DriftTest, chunks: readonly Samples[]): Float64Array {
  const measured = chunks.map((chunk) => measureOrSayWhyNot(test, chunk));
  return Float64Array.from(
    measured.flatMap((measurement) => (typeof measurement === 'string' ? [] : [measurement.score])),
  );
}
