import { type Counts, shares } from './binning.ts';
import { type DriftTest, pValue } from './drift-test.ts';
import { permutedTables } from './permuted-tables.ts';

const permutations = 1_000;

export const totalVariationTest = {
  name: 'TVD',
  description: `The total variation distance of the shares by ${permutations} permutations (seeded): categories.`,
  kind: 'p_value',
  takes: ['categorical'],
  threshold: 0.1,
  inclusive: false,
  measure: (samples) => {
    const counts = samples.counts();
    const distance = totalVariation(counts);
    let extreme = 0;
    for (const table of permutedTables(counts, permutations, samples.seed)) {
      // Equal tables may differ in the last digits of their sums.
      if (totalVariation(table) >= distance * (1 - 1e-12)) extreme++;
    }
    return pValue(
      (extreme + 1) / (permutations + 1),
      `distance ${distance.toPrecision(4)}, by ${permutations} permutations`,
    );
  },
} as const satisfies DriftTest;

/** Half the sum of differences of the shares, 0 to 1. */
function totalVariation(counts: Counts): number {
  const current = shares(counts.current);
  return (
    shares(counts.reference).reduce((sum, share, index) => sum + Math.abs(share - (current[index] ?? 0)), 0) /
    2
  );
}
