import type { ScoreRows } from './permutation-importance.ts';

/** The mean answer where a feature has one value in every row, and how far the single rows' answers lie apart. */
export interface DependencePoint {
  /** Null is missing. */
  readonly value: number | null;
  /** Share of the data for which it stands, 0..1. */
  readonly share: number;
  readonly mean: number;
  /** 10 % and 90 % quantiles over the rows (individual conditional expectation). */
  readonly low: number;
  readonly high: number;
}

export interface DependenceQuestion {
  readonly feature: number;
  readonly points: readonly Pick<DependencePoint, 'value' | 'share'>[];
  /** One value a feature in each; at least one. */
  readonly rows: readonly Float64Array[];
  readonly score: ScoreRows;
}

const mostPoints = 20;
/** Of the values that are there; what lies outside is drawn by few rows. */
const inner = { low: 0.02, high: 0.98 } as const;

/**
 * Where a feature's dependence is looked at: each of few values, else the quantiles of the inner 96 % of the rows in equal steps;
 * and missing, where values are.
 * @param values one a row, NaN is missing
 */
export function dependencePoints(values: Float64Array): readonly Pick<DependencePoint, 'value' | 'share'>[] {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const distinct = [...new Set(sorted)];
  const taken =
    distinct.length <= mostPoints
      ? distinct
      : [
          ...new Set(
            Array.from({ length: mostPoints }, (_, step) => {
              const share = inner.low + ((inner.high - inner.low) * step) / (mostPoints - 1);
              return sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN;
            }),
          ),
        ];
  const counts = new Float64Array(taken.length);
  let at = 0;
  for (const value of sorted) {
    while (
      at + 1 < taken.length &&
      Math.abs((taken[at + 1] ?? 0) - value) <= Math.abs((taken[at] ?? 0) - value)
    )
      at++;
    counts[at] = (counts[at] ?? 0) + 1;
  }
  const points = taken.map((value, place) => ({ value, share: (counts[place] ?? 0) / values.length }));
  const missing = values.length - sorted.length;
  return missing === 0 ? points : [...points, { value: null, share: missing / values.length }];
}

/** Partial dependence by brute force (Friedman 2001, section 8.2), with quantiles of the individual curves (Goldstein et al. 2015). */
export async function partialDependence(question: DependenceQuestion): Promise<readonly DependencePoint[]> {
  const { feature, points, rows, score } = question;
  const width = rows[0]?.length ?? 0;
  const values = new Float64Array(points.length * rows.length * width);
  let at = 0;
  for (const { value } of points)
    for (const row of rows) {
      values.set(row, at);
      values[at + feature] = value ?? Number.NaN;
      at += width;
    }
  const answers = await score(values, points.length * rows.length);
  return points.map((point, place) => {
    const own = answers.slice(place * rows.length, (place + 1) * rows.length).sort();
    const quantile = (share: number) => own[Math.round(share * (own.length - 1))] ?? Number.NaN;
    const mean = own.reduce((sum, answer) => sum + answer, 0) / own.length;
    return { ...point, mean, low: quantile(0.1), high: quantile(0.9) };
  });
}
