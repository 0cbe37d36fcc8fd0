import gammainc from '@stdlib/math-base-special-gammainc';
import gammaincinv from '@stdlib/math-base-special-gammaincinv';
import { divergencePart } from '../tests/jensen-shannon-distance.ts';
import { total, type ValueCounts } from '../value-counts.ts';
import type { NoiseFloor } from './noise-floor.ts';
import { chanceOfUnknownValues } from './unknown-values.ts';

/** A value's chance below this part of the most probable one's adds nothing that a double would hold. */
const negligible = 1e-17;

/** Above this mean, half of the largest divergence there is, most values are so rare that no distance is beyond chance. */
const blindAbove = Math.LN2 / 2;
/** There so much of the chance of a false alarm is left to the number of unknown values: it is telling or says nothing. */
const toUnknown = 0.1;

interface Moments {
  readonly mean: number;
  readonly variance: number;
}

/**
 * The noise floor of the Jensen-Shannon distance of counts (natural logarithm), whatever their sizes and however rare.
 *
 * Where both sides come from one population, how the rows of a value fall to the two sides is hypergeometric, given how often
 * it occurs in both together. Each value's part in the divergence has its mean and variance exactly from that; between two
 * values the covariance is that of Pearson's chi-square, which the divergence tends to. A gamma distribution of that mean and
 * variance gives the tail: the chi-square limit where all values are frequent, and true where they are rare and the limit is
 * not. The distance is the square root of the divergence.
 *
 * Where most values are rare, two samples lie almost as far apart as two can: there a tenth of the chance is left to the
 * number of values that the reference lacks.
 */
export function jensenShannonFloor(counts: Omit<ValueCounts, 'values'>): NoiseFloor {
  const { reference, current } = counts;
  const n = total(reference);
  const m = total(current);
  const occurs = new Map<number, number>();
  for (const [index, count] of reference.entries()) {
    const both = count + (current[index] ?? 0);
    if (both > 0) occurs.set(both, (occurs.get(both) ?? 0) + 1);
  }
  if (total(occurs.values()) < 2) return { chanceOf: () => 1, exceededWith: () => 0 };
  let mean = 0;
  let variance = 0;
  let squaredShares = 0;
  for (const [both, values] of occurs) {
    const part = divergenceOf(both, n, m);
    mean += values * part.mean;
    variance += values * part.variance;
    squaredShares += values * (both / (n + m)) ** 2;
  }
  variance += 2 * (1 - squaredShares) * ((n + m) / (8 * n * m)) ** 2;
  const shape = mean ** 2 / variance;
  const scale = variance / mean;
  const chanceOf = (distance: number) => gammainc(distance ** 2 / scale, shape, true, true);
  const exceededWith = (chance: number) => Math.sqrt(scale * gammaincinv(chance, shape, true));
  if (mean <= blindAbove) return { chanceOf, exceededWith };
  const unknown = chanceOfUnknownValues(counts);
  return {
    chanceOf: (distance) => Math.min(1, chanceOf(distance) / (1 - toUnknown), unknown / toUnknown),
    exceededWith: (chance) => (unknown <= toUnknown * chance ? 0 : exceededWith((1 - toUnknown) * chance)),
  };
}

/** Mean and variance of what a value adds to the divergence that occurs `both` times among n + m rows. */
function divergenceOf(both: number, n: number, m: number): Moments {
  const mode = Math.floor(((n + 1) * (both + 1)) / (n + m + 2));
  let weights = 0;
  let sum = 0;
  let squares = 0;
  const add = (inReference: number, weight: number) => {
    const divergence = divergencePart(inReference / n, (both - inReference) / m);
    weights += weight;
    sum += weight * divergence;
    squares += weight * divergence ** 2;
  };
  for (let count = mode, weight = 1; weight > negligible; count++) {
    add(count, weight);
    weight *= ((both - count) * (n - count)) / ((count + 1) * (m - both + count + 1));
  }
  for (let count = mode, weight = 1; weight > negligible; count--) {
    if (count < mode) add(count, weight);
    weight *= (count * (m - both + count)) / ((both - count + 1) * (n - count + 1));
  }
  const mean = sum / weights;
  return { mean, variance: squares / weights - mean ** 2 };
}
