import type { Interval } from '../data/delong.ts';

/** Two-sided 95 %. */
const normalQuantile = 1.959963984540054;

/**
 * A share with its score interval (Wilson 1927), without continuity correction; null where `of` is 0.
 * @param z how many standard errors wide to either side; by default 95 %
 */
export function wilsonInterval(hits: number, of: number, z = normalQuantile): Interval | null {
  if (of === 0) return null;
  const value = hits / of;
  const centre = (value + (z * z) / (2 * of)) / (1 + (z * z) / of);
  const half = (z / (1 + (z * z) / of)) * Math.sqrt((value * (1 - value)) / of + (z * z) / (4 * of * of));
  return { value, low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
