import { type Counts, shares } from './binning.ts';
import { type DriftTest, pValue } from './drift-test.ts';
import { permutationTest } from './permuted-tables.ts';

export const totalVariationTest = {
  name: 'TVD',
  description: 'The total variation distance of the shares by permutations (seeded): categories.',
  kind: 'p_value',
  takes: ['categorical'],
  threshold: 0.1,
  inclusive: false,
  measure: (samples) => {
    const found = permutationTest(samples.counts(), samples.seed, totalVariation);
    return pValue(
      found.pValue,
      `distance ${found.statistic.toPrecision(4)}, by ${found.permutations} permutations`,
    );
  },
} as const satisfies DriftTest;

/** Half the sum of differences of the shares, 0 to 1. */
export function totalVariation(counts: Counts): number {
  const current = shares(counts.current);
  return (
    shares(counts.reference).reduce((sum, share, index) => sum + Math.abs(share - (current[index] ?? 0)), 0) /
    2
  );
}
