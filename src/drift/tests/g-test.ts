import { total } from '../value-counts.ts';
import type { Counts } from './binning.ts';
import { chiSquareSurvival, degreesOfFreedom } from './chi-square.ts';
import { type DriftTest, NotDefinedError, pValue } from './drift-test.ts';

const shared = { kind: 'p_value', takes: ['categorical'], threshold: 0.1, inclusive: false } as const;

export const gTest = {
  ...shared,
  name: 'g_test',
  description: 'The G test of homogeneity (log-likelihood ratio), for samples of any sizes: categories.',
  measure: (samples) => {
    const counts = samples.counts();
    return pValue(chiSquareSurvival(homogeneityRatio(counts), degreesOfFreedom(counts.current)));
  },
} as const satisfies DriftTest;

export const evidentlyGTest = {
  ...shared,
  name: 'evidently:g_test',
  description:
    "Evidently's G test, against the reference's counts as they are: categories, samples of one size.",
  measure: (samples) => {
    if (samples.referenceSize !== samples.currentSize)
      throw new NotDefinedError('Evidently’s G test needs as many current values as reference values');
    const { reference, current } = samples.counts();
    const ratio = current.reduce((sum, count, index) => sum + twiceLogRatio(count, reference[index] ?? 0), 0);
    return pValue(
      ratio === Number.POSITIVE_INFINITY ? 0 : chiSquareSurvival(ratio, degreesOfFreedom(current)),
    );
  },
} as const satisfies DriftTest;

/** 2 sum O ln(O / E) over the 2 x k table, E from its margins. */
function homogeneityRatio({ reference, current }: Counts): number {
  const n = total(reference);
  const m = total(current);
  return reference.reduce((sum, count, index) => {
    const other = current[index] ?? 0;
    const share = (count + other) / (n + m);
    return sum + twiceLogRatio(count, share * n) + twiceLogRatio(other, share * m);
  }, 0);
}

function twiceLogRatio(observed: number, expected: number): number {
  return observed === 0 ? 0 : 2 * observed * Math.log(observed / expected);
}
