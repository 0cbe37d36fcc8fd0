import { randomFrom } from '../../training/random.ts';
import type { Samples } from '../samples.ts';
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
  const { reference, current } = samples.sorted();
  const median = medianSquaredDistance(reference);
  const values = new Float64Array(reference.length + current.length);
  const [smaller, larger] = reference.length < current.length ? [reference, current] : [current, reference];
  values.set(smaller);
  values.set(larger, smaller.length);
  const kernel = gaussianKernel(values, Math.sqrt((median === 0 ? 1 : median) / 2));
  const random = randomFrom(samples.seed);
  const order = Uint32Array.from(values, (_, index) => index);
  const members = order.subarray(0, smaller.length);
  const discrepancy = discrepancyOf(kernel, members);
  let extreme = 0;
  for (let time = 0; time < permutations; time++) {
    shuffleFirst(order, members.length, random);
    if (discrepancyOf(kernel, members) >= discrepancy - rounding) extreme++;
  }
  return { discrepancy, extreme };
}

/** Equal discrepancies may differ in the last digits of their sums. */
const rounding = 1e-12;

/** Mean of the kernel within either side, a row with itself left out, less twice the mean between the sides. */
function discrepancyOf({ rows, total, sums }: GaussianKernel, members: Uint32Array): number {
  const m = members.length;
  const n = rows - m;
  const { within, toAll } = sums(members);
  const between = toAll - within;
  const others = total - within - 2 * between;
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
