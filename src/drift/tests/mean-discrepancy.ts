import { randomFrom } from '../../training/random.ts';
import type { Samples } from '../samples.ts';
import { total } from '../value-counts.ts';
import { type DriftTest, NotDefinedError, pValue } from './drift-test.ts';
import { type GaussianKernel, gaussianKernel } from './gaussian-kernel.ts';
import { medianSquaredDistance } from './median-distance.ts';

const permutations = 100;

export const meanDiscrepancyTest = {
  name: 'empirical_mmd',
  description: `Maximum mean discrepancy, Gaussian kernel, by ${permutations} permutations (seeded): numbers.`,
  kind: 'p_value',
  takes: ['numerical'],
  threshold: 0.1,
  inclusive: false,
  measure: (samples) => {
    if (Math.min(samples.referenceSize, samples.currentSize) < 2)
      throw new NotDefinedError('the mean discrepancy needs two values on each side');
    const { discrepancy, extreme } = permutationTest(samples);
    return pValue(
      (extreme + 1) / (permutations + 1),
      `discrepancy ${discrepancy.toPrecision(4)}, by ${permutations} permutations`,
    );
  },
} as const satisfies DriftTest;

/**
 * Evidently 0.7.23 `empirical_mmd` at any size, its n x n matrix never built: the discrepancy of a way to divide the rows follows
 * from the kernel's sums within the smaller side and between it and all rows, which cost in proportion to its rows.
 */
function permutationTest(samples: Samples): { readonly discrepancy: number; readonly extreme: number } {
  const median = medianSquaredDistance(samples.sorted().reference);
  const tallies = samples.tallies();
  const kernel = gaussianKernel(tallies, Math.sqrt((median === 0 ? 1 : median) / 2));
  const isCurrentSmaller = samples.currentSize < samples.referenceSize;
  const smaller = isCurrentSmaller ? tallies.current : tallies.reference;
  const order = expand(smaller, isCurrentSmaller ? tallies.reference : tallies.current);
  const members = order.subarray(0, Math.min(samples.referenceSize, samples.currentSize));
  const discrepancy = discrepancyOf(kernel, smaller, members.length);
  const random = randomFrom(samples.seed);
  const drawn = new Uint32Array(smaller.length);
  let extreme = 0;
  for (let time = 0; time < permutations; time++) {
    shuffleFirst(order, members.length, random);
    drawn.fill(0);
    for (const value of members) drawn[value] = (drawn[value] ?? 0) + 1;
    if (discrepancyOf(kernel, drawn, members.length) >= discrepancy - rounding) extreme++;
  }
  return { discrepancy, extreme };
}

/** The place of its value for each row, those of the first side first. */
function expand(first: Uint32Array, second: Uint32Array): Uint32Array {
  const order = new Uint32Array(total(first) + total(second));
  let row = 0;
  for (const counts of [first, second]) {
    for (let value = 0; value < counts.length; value++) {
      const end = row + (counts[value] ?? 0);
      order.fill(value, row, end);
      row = end;
    }
  }
  return order;
}

/** Equal discrepancies may differ in the last digits of their sums. */
const rounding = 1e-12;

/** Mean of the kernel within either side, a row with itself left out, less twice the mean between the sides; `m` rows chosen. */
function discrepancyOf(kernel: GaussianKernel, chosen: Uint32Array, m: number): number {
  const n = kernel.rows - m;
  const { within, toAll } = kernel.sums(chosen);
  const between = toAll - within;
  const others = kernel.total - within - 2 * between;
  return (others - n) / (n * (n - 1)) + (within - m) / (m * (m - 1)) - (2 * between) / (n * m);
}

/** A random choice of `count` entries in the first places (Fisher and Yates). */
function shuffleFirst(order: Uint32Array, count: number, random: () => number): void {
  for (let place = 0; place < count; place++) {
    const from = place + Math.floor(random() * (order.length - place));
    const taken = order[from] ?? 0;
    order[from] = order[place] ?? 0;
    order[place] = taken;
  }
}
