import type { Interval } from '../data/delong.ts';
import { wilsonInterval } from './wilson.ts';

export interface Share {
  readonly hits: number;
  readonly of: number;
}

/**
 * The size of the difference of two independent shares with its hybrid score interval (Newcombe 1998, method 10), cut off at 0:
 * whichever of them is the greater one. Null where either is a share of nothing.
 * @param z how many standard errors wide to either side
 */
export function newcombe(first: Share, second: Share, z: number): Interval | null {
  const [a, b] = [first, second]
    .map(({ hits, of }) => wilsonInterval(hits, of, z))
    .toSorted((x, y) => (y?.value ?? 0) - (x?.value ?? 0));
  if (a === undefined || a === null || b === undefined || b === null) return null;
  const value = a.value - b.value;
  const low = value - Math.hypot(a.value - a.low, b.high - b.value);
  const high = value + Math.hypot(a.high - a.value, b.value - b.low);
  return { value, low: Math.max(0, low), high: Math.max(high, -low) };
}
