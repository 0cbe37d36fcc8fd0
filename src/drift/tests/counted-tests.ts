import erfc from '@stdlib/math-base-special-erfc';
import gammainc from '@stdlib/math-base-special-gammainc';
import { total, type ValueCounts } from '../value-counts.ts';

/**
 * Pearson's chi-square of the current counts against the reference's, scaled to the current size; k - 1 degrees of freedom.
 * A value that the reference never had makes the p-value 0, as it does in Evidently 0.7.23.
 */
export function chiSquarePValue(counts: ValueCounts): number {
  const scale = total(counts.current) / total(counts.reference);
  let statistic = 0;
  for (const [index, observed] of counts.current.entries()) {
    const expected = (counts.reference[index] ?? 0) * scale;
    statistic += (observed - expected) ** 2 / expected;
  }
  if (statistic === Number.POSITIVE_INFINITY) return 0;
  return gammainc(statistic / 2, (counts.values.length - 1) / 2, true, true);
}

/**
 * Two-sided test of two proportions with pooled variance: the share of values that are not the smallest value.
 * By the survival function, so that it keeps its digits where Evidently's 2(1 - cdf) ends at 1e-16.
 */
export function proportionsPValue(counts: ValueCounts): number {
  const n = total(counts.reference);
  const m = total(counts.current);
  const others = { reference: n - (counts.reference[0] ?? 0), current: m - (counts.current[0] ?? 0) };
  const pooled = (others.reference + others.current) / (n + m);
  const difference = others.reference / n - others.current / m;
  if (difference === 0) return 1;
  return erfc(Math.abs(difference) / Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m)) / Math.SQRT2);
}

/** Square root of the Jensen-Shannon divergence with natural logarithm, over one bin a distinct value: 0 to 0.8326. */
export function jensenShannonDistance(counts: Omit<ValueCounts, 'values'>): number {
  const n = total(counts.reference);
  const m = total(counts.current);
  let divergence = 0;
  for (const [index, count] of counts.reference.entries())
    divergence += divergencePart(count / n, (counts.current[index] ?? 0) / m);
  return Math.sqrt(Math.max(0, divergence));
}

/** What a value with these shares of the two sides adds to the divergence. */
export function divergencePart(p: number, q: number): number {
  const middle = (p + q) / 2;
  return (relativeEntropy(p, middle) + relativeEntropy(q, middle)) / 2;
}

function relativeEntropy(share: number, middle: number): number {
  return share === 0 ? 0 : share * Math.log(share / middle);
}
