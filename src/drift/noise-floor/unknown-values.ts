import { total, type ValueCounts } from '../value-counts.ts';

/**
 * An upper bound of the chance that the reference lacks so many of the values, where both sides come from one population: small
 * for a hundred thousand new names beside a reference of three, large for numbers of rows, which never recur.
 *
 * Given how often each value occurs in both sides together, the reference lacks it with a hypergeometric chance. These events
 * are negatively associated (Joag-Dev and Proschan 1983), so that Bernstein's inequality holds for their number.
 */
export function chanceOfUnknownValues({ reference, current }: Omit<ValueCounts, 'values'>): number {
  const n = total(reference);
  const m = total(current);
  let unknown = 0;
  let expected = 0;
  let variance = 0;
  for (const [index, inReference] of reference.entries()) {
    if (inReference === 0) unknown++;
    const lacking = chanceOfLacking(inReference + (current[index] ?? 0), n, m);
    expected += lacking;
    variance += lacking * (1 - lacking);
  }
  const excess = unknown - expected;
  return excess <= 0 ? 1 : Math.exp(-(excess ** 2) / 2 / (variance + excess / 3));
}

/** Chance that none of a value's rows is among the n of the reference, of n + m. */
function chanceOfLacking(rows: number, n: number, m: number): number {
  let chance = 1;
  for (let row = 0; row < rows && chance > 0; row++) chance *= Math.max(0, m - row) / (n + m - row);
  return chance;
}
