import { firstAbove } from './sorted-numbers.ts';

/** Several p-values judged together. */
export interface Correction {
  /** The p-values adjusted for their number, in the order given. */
  readonly q: readonly number[];
  /** The p-value that is just small enough for a false discovery rate of `level`: q <= level where p <= critical(level). */
  critical(level: number): number;
}

/**
 * The false discovery rate's step-up procedure (Benjamini and Hochberg 1995, adjusted p-values as R's `p.adjust`). Where
 * every hypothesis holds, its level is the chance of rejecting any (Simes 1986); p-values may depend on each other as long as
 * they do so positively (Benjamini and Yekutieli 2001).
 */
export function benjaminiHochberg(pValues: readonly number[]): Correction {
  const count = pValues.length;
  const order = [...pValues.keys()].sort((a, b) => (pValues[b] ?? 0) - (pValues[a] ?? 0));
  const q = new Array<number>(count).fill(1);
  let smallest = 1;
  for (const [place, index] of order.entries()) {
    smallest = Math.min(smallest, ((pValues[index] ?? 1) * count) / (count - place));
    q[index] = smallest;
  }
  const ascending = Float64Array.from(q).sort();
  return {
    q,
    critical: (level) => (level * Math.max(1, firstAbove(ascending, level))) / count,
  };
}
