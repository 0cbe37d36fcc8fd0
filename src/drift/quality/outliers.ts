import { firstAbove, firstAtLeast, quantile } from '../../data/sorted-numbers.ts';

/**
 * Tukey's outer fences (1977): the quartiles, three interquartile ranges further out; undefined when that range is 0.
 *
 * Quartiles and not z-scores, because one value of a million moves the mean and the deviation that would have to show it.
 * @param sorted ascending, not empty
 */
export function outerFences(sorted: Float64Array): readonly [number, number] | undefined {
  const q1 = quantile(sorted, 0.25);
  const q3 = quantile(sorted, 0.75);
  const range = q3 - q1;
  return range === 0 ? undefined : [q1 - 3 * range, q3 + 3 * range];
}

/** How many values lie outside the bounds; values on a bound lie inside. `sorted` ascending. */
export function countOutside(sorted: Float64Array, [low, high]: readonly [number, number]): number {
  return firstAtLeast(sorted, low) + sorted.length - firstAbove(sorted, high);
}
