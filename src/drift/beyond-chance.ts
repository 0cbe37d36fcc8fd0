import gammainc from '@stdlib/math-base-special-gammainc';
import type { DriftFeature, FeatureDistribution } from '../data/results/drift.ts';
import { jensenShannonDistance } from './tests/counted-tests.ts';
import { driftTests } from './tests/index.ts';
import { total } from './value-counts.ts';

/** Fewer rows expected in a bin than this make the chi-square limit untrue (Cochran 1954); such bins are taken together. */
const fewestExpected = 5;
/** Chance that any of a report's features is called moved while nothing moved, shared out among them (Bonferroni). */
const falseAlarms = 0.01;

/**
 * Whether a feature moved, by enough to matter and by more than sampling explains.
 *
 * Enough: its drift test says so, or the Jensen-Shannon distance of its binned counts reaches the same 0.1 that is the test's
 * for categories; normed wasserstein alone is blind where a few outliers own the reference's deviation.
 * More than sampling explains: Pearson's chi-square test of homogeneity of those counts at 0.01 / `features`. The thresholds
 * of drift tests take no account of the number of rows: of 200 rows drawn from the reference itself, a third exceed
 * wasserstein 0.1 on some features. A feature without a distribution is taken at its test's word.
 * @param features how many features were compared
 */
export function moved({ drifted, distribution }: DriftFeature, features: number): boolean {
  if (distribution === undefined) return drifted;
  const { reference, current } = distribution;
  const counts = { values: [...reference.keys()], reference, current };
  const enough = drifted || jensenShannonDistance(counts) >= driftTests.jensenshannon.threshold;
  return enough && homogeneityPValue(distribution) < falseAlarms / features;
}

/** Two samples against one distribution; 1 when no two bins have enough rows. */
export function homogeneityPValue(counts: Pick<FeatureDistribution, 'reference' | 'current'>): number {
  const n = total(counts.reference);
  const m = total(counts.current);
  const enough = (fewestExpected * (n + m)) / Math.min(n, m);
  const bins: { reference: number; current: number }[] = [];
  let open = { reference: 0, current: 0 };
  for (const [index, reference] of counts.reference.entries()) {
    open.reference += reference;
    open.current += counts.current[index] ?? 0;
    if (open.reference + open.current < enough) continue;
    bins.push(open);
    open = { reference: 0, current: 0 };
  }
  const last = bins.at(-1);
  if (last !== undefined) {
    last.reference += open.reference;
    last.current += open.current;
  }
  if (bins.length < 2) return 1;
  const statistic = bins.reduce((sum, bin) => {
    const expected = (n * (bin.reference + bin.current)) / (n + m);
    return sum + ((bin.reference - expected) ** 2 / expected) * (1 + n / m);
  }, 0);
  return gammainc(statistic / 2, (bins.length - 1) / 2, true, true);
}
