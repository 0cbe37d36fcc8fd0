import erfc from '@stdlib/math-base-special-erfc';
import { benjaminiHochberg } from '../../data/benjamini-hochberg.ts';
import type { MultivariateDrift } from '../../data/results/drift.ts';
import type { EncodedFeature } from './encode-features.ts';
import { type Correlation, rankColumn, spearman } from './spearman.ts';

type CorrelationChange = MultivariateDrift['correlations'][number];

/** Pairs grow with the square of the features: of more, those are looked at that tell the two sides apart best. */
export const mostCorrelatedFeatures = 100;
const falseDiscoveries = 0.05;
/** A smaller change is of no account, however many rows prove it. */
const leastChange = 0.1;

/**
 * Pairs of numbers whose Spearman correlation differs between the two sides by 0.1 at least, greatest change first: a two-sided
 * test of the difference of Fisher's z, at 5 % false discoveries over all pairs.
 * @param features numerical ones; a row counts for a pair where it has both values
 */
export function correlationChanges(features: readonly EncodedFeature[]): readonly CorrelationChange[] {
  const columns = features.map(({ name, reference, current }) => ({
    name,
    reference: rankColumn(reference),
    current: rankColumn(current),
  }));
  const pairs = columns.flatMap((first, index) =>
    columns.slice(index + 1).flatMap((second) => {
      const before = spearman(first.reference, second.reference);
      const after = spearman(first.current, second.current);
      if (before === undefined || after === undefined) return [];
      const names = { first: first.name, second: second.name };
      return [{ ...names, reference: before.rho, current: after.rho, p: differencePValue(before, after) }];
    }),
  );
  const { q } = benjaminiHochberg(pairs.map(({ p }) => p));
  const change = ({ reference, current }: CorrelationChange) => Math.abs(current - reference);
  return pairs
    .map(({ p: _, ...pair }, index) => ({ ...pair, q_value: q[index] ?? 1 }))
    .filter((pair) => pair.q_value < falseDiscoveries && change(pair) >= leastChange)
    .sort((a, b) => change(b) - change(a));
}

/**
 * The deviation is the greater of the two sides' for both: by chance a few rows may hold no pair that is rare in either column,
 * and so take their correlation for surer than it is.
 */
function differencePValue(before: Correlation, after: Correlation): number {
  const difference = fisherZ(before.rho) - fisherZ(after.rho);
  const deviation = Math.max(zDeviation(before), zDeviation(after));
  if (difference === 0 || deviation === 0) return difference === 0 ? 1 : 0;
  const error = deviation * Math.sqrt(1 / before.rows + 1 / after.rows);
  return erfc(Math.abs(difference) / error / Math.SQRT2);
}

/** A correlation of ±1, which has no finite z, is taken for the nearest that has one. */
const greatest = 1 - Number.EPSILON;

function fisherZ(rho: number): number {
  return Math.atanh(Math.max(-greatest, Math.min(greatest, rho)));
}

/** By the delta method: the derivative of Fisher's z is 1/(1 - ρ²). */
function zDeviation({ rho, deviation }: Correlation): number {
  return deviation / (1 - Math.min(greatest, rho ** 2));
}
