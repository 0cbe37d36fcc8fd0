import erfc from '@stdlib/math-base-special-erfc';
import { total } from '../value-counts.ts';
import type { Counts } from './binning.ts';
import { type DriftTest, pValue, pValueThreshold } from './drift-test.ts';

const shared = {
  kind: 'p_value',
  takes: ['categorical'],
  threshold: pValueThreshold,
  inclusive: false,
} as const;

export const proportionsTest = {
  ...shared,
  name: 'z',
  description: 'The Z test of two proportions, two-sided: the share of values that are not the smallest one.',
  measure: (samples) => pValue(proportionsPValue(samples.counts())),
} as const satisfies DriftTest;

export const evidentlyProportionsTest = {
  ...shared,
  name: 'evidently:z',
  description: "Evidently's Z test of two proportions by 2(1 - cdf), which loses its digits below 1e-10.",
  measure: (samples) => {
    const below = 1 - erfc(Math.abs(proportionsZ(samples.counts())) / Math.SQRT2) / 2;
    return pValue(2 * (1 - below));
  },
} as const satisfies DriftTest;

/** Two-sided, by the survival function, so that it keeps its digits where Evidently's 2(1 - cdf) ends. */
export function proportionsPValue(counts: Counts): number {
  return erfc(Math.abs(proportionsZ(counts)) / Math.SQRT2);
}

/** Difference of the shares of values that are not the smallest value, in pooled standard deviations; 0 where there is none. */
function proportionsZ(counts: Counts): number {
  const n = total(counts.reference);
  const m = total(counts.current);
  const p = (n - (counts.reference[0] ?? 0)) / n;
  const q = (m - (counts.current[0] ?? 0)) / m;
  if (p === q) return 0;
  const pooled = (p * n + q * m) / (n + m);
  return (p - q) / Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
}
