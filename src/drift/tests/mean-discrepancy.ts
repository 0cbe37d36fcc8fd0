import type { Samples } from '../samples.ts';
import { type DriftTest, NotDefinedError, pValue } from './drift-test.ts';
import { type GaussianKernel, gaussianKernel } from './gaussian-kernel.ts';
import { medianSquaredDistance } from './median-distance.ts';
import { type PermutationTest, permutationTest } from './permuted-tables.ts';

export const meanDiscrepancyTest = {
  name: 'empirical_mmd',
  description: 'Maximum mean discrepancy, Gaussian kernel, by permutations (seeded): numbers.',
  kind: 'p_value',
  takes: ['numerical'],
  threshold: 0.1,
  inclusive: false,
  measure: (samples) => {
    if (Math.min(samples.referenceSize, samples.currentSize) < 2)
      throw new NotDefinedError('the mean discrepancy needs two values on each side');
    const found = permuteDiscrepancy(samples);
    return pValue(
      found.pValue,
      `discrepancy ${found.statistic.toPrecision(4)}, by ${found.permutations} permutations`,
    );
  },
} as const satisfies DriftTest;

/**
 * Evidently 0.7.23 `empirical_mmd` at any size, its n x n matrix never built: the discrepancy of a way to divide the rows follows
 * from the kernel's sums within one side and between it and all rows, which cost in proportion to the distinct values.
 */
function permuteDiscrepancy(samples: Samples): PermutationTest {
  const median = medianSquaredDistance(samples.sorted().reference);
  const kernel = gaussianKernel(samples.tallies(), Math.sqrt((median === 0 ? 1 : median) / 2));
  return permutationTest(samples.counts(), samples.seed, ({ current }) =>
    discrepancyOf(kernel, current, samples.currentSize),
  );
}

/** Mean of the kernel within either side, a row with itself left out, less twice the mean between the sides; `m` rows chosen. */
function discrepancyOf(kernel: GaussianKernel, chosen: readonly number[], m: number): number {
  const n = kernel.rows - m;
  const { within, toAll } = kernel.sums(chosen);
  const between = toAll - within;
  const others = kernel.total - within - 2 * between;
  return (others - n) / (n * (n - 1)) + (within - m) / (m * (m - 1)) - (2 * between) / (n * m);
}
