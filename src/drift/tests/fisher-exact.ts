import type { Counts } from './binning.ts';
import { type DriftTest, NotDefinedError, pValue } from './drift-test.ts';

const shared = { kind: 'p_value', takes: ['categorical'], threshold: 0.1, inclusive: false } as const;

export const fisherExactTest = {
  ...shared,
  name: 'fisher_exact',
  description: "Fisher's exact test of a 2 x 2 table, two-sided, for samples of any sizes: two values.",
  measure: (samples) => pValue(fisherExact(samples.counts())),
} as const satisfies DriftTest;

export const evidentlyFisherExactTest = {
  ...shared,
  name: 'evidently:fisher_exact',
  description: "Evidently's Fisher's exact test: two values, samples of one size.",
  measure: (samples) => {
    if (samples.referenceSize !== samples.currentSize)
      throw new NotDefinedError('Evidently’s exact test needs as many current values as reference values');
    return pValue(fisherExact(samples.counts()));
  },
} as const satisfies DriftTest;

/** Tables as probable as the observed one but for rounding count as no more probable, as in R's `fisher.test`. */
const rounding = 1 + 1e-7;

/**
 * Chance of a 2 x 2 table no more probable than the observed one, its margins kept (Fisher 1934).
 * Probabilities are taken relative to the mode's, by their ratios: no factorial, nothing lost to rounding.
 * @throws NotDefinedError for more than two values
 */
function fisherExact({ reference, current }: Counts): number {
  if (reference.length > 2)
    throw new NotDefinedError(`the exact test takes a 2 x 2 table, and there are ${reference.length} values`);
  const [observed = 0, other = 0] = reference;
  const marked = observed + (current[0] ?? 0);
  const places = observed + other;
  const others = (current[1] ?? 0) - observed;
  const least = Math.max(0, -others);
  const most = Math.min(marked, places);
  const mode = Math.floor(((places + 1) * (marked + 1)) / (marked + places + others + 2));
  const weights = new Float64Array(most - least + 1);
  weights[mode - least] = 1;
  for (let at = mode, weight = 1; at < most; at++) {
    weight *= ((marked - at) * (places - at)) / ((at + 1) * (others + at + 1));
    weights[at + 1 - least] = weight;
  }
  for (let at = mode, weight = 1; at > least; at--) {
    weight *= (at * (others + at)) / ((marked - at + 1) * (places - at + 1));
    weights[at - 1 - least] = weight;
  }
  const limit = (weights[observed - least] ?? 0) * rounding;
  let all = 0;
  let extreme = 0;
  for (const weight of weights) {
    all += weight;
    if (weight <= limit) extreme += weight;
  }
  return Math.min(1, extreme / all);
}
