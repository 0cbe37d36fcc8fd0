import { rocAucInterval } from '../../data/delong.ts';
import type { NumericColumn } from '../../data/table.ts';
import { tellSidesApart } from './domain-classifier.ts';
import { isTold } from './separability.ts';

/** How much each row of a reference counts, so that together they look like the current rows. */
export interface ImportanceWeights {
  /** One a row of the reference, mean 1. */
  readonly weights: Float64Array;
  /** So many rows of equal weight would say as much: (sum of weights)^2 / sum of their squares (Kish 1965). */
  readonly effectiveRows: number;
  /** Rows whose weight was cut to the greatest that is allowed. */
  readonly clipped: number;
  /** How well the classifier tells the two sides apart. */
  readonly rocAuc: number;
  /** Whether that is more than nothing; else every weight is 1. */
  readonly drifted: boolean;
}

/** A row counts for so many average ones at most: a few rows that look very current would be all that a model hears of. */
const greatest = 10;

/**
 * The density ratio current / reference at each row of the reference, by the domain classifier: p / (1 - p) times the ratio of the
 * sides' rows, p of the fold that did not learn from the row (Bickel, Brückner and Scheffer 2009, Discriminative learning under
 * covariate shift). Cut at ten times their mean, which bounds the variance at the price of some bias (Ionides 2008, Truncated
 * importance sampling).
 * @param columns numeric, the same of both sides
 * @returns null where a side has fewer than ten rows, or there is no column
 */
export async function importanceWeights(
  reference: readonly NumericColumn[],
  current: readonly NumericColumn[],
  seed: number,
  signal: AbortSignal,
): Promise<ImportanceWeights | null> {
  const told = await tellSidesApart(reference, current, seed, signal);
  const auc = told && rocAucInterval(told.probabilities, told.isCurrent);
  if (told === null || auc === null) return null;
  const rows = reference[0]?.values.length ?? 0;
  if (!isTold(auc)) {
    const weights = new Float64Array(rows).fill(1);
    return { weights, effectiveRows: rows, clipped: 0, rocAuc: auc.value, drifted: false };
  }
  const ratios = told.probabilities.subarray(0, rows).map((p) => p / Math.max(1 - p, Number.EPSILON));
  const most = greatest * mean(ratios);
  const cut = ratios.map((ratio) => Math.min(ratio, most));
  const average = mean(cut);
  const weights = cut.map((ratio) => ratio / average);
  const squares = weights.reduce((sum, weight) => sum + weight * weight, 0);
  return {
    weights,
    effectiveRows: rows ** 2 / squares,
    clipped: ratios.filter((ratio) => ratio > most).length,
    rocAuc: auc.value,
    drifted: true,
  };
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
