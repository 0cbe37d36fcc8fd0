import type { LinearModel } from '../scoring/index.ts';
import type { Shapley } from './shapley.ts';

/**
 * Exact Shapley values of a linear model's log odds: of a feature, its terms less their mean over the background rows
 * (Lundberg and Lee 2017, "A unified approach to interpreting model predictions", corollary 1; the `shap` package's
 * LinearExplainer with independent features).
 * @param background rows like those the model learned from, at least one; their mean log odds are the base
 * @param width how many features the model takes
 */
export function linearShap(
  { intercept, terms }: LinearModel,
  background: readonly Float64Array[],
  width: number,
): Shapley {
  const partsOf = (row: Float64Array) => {
    const parts = new Float64Array(width);
    for (const { feature, coefficient, transformed } of terms)
      parts[feature] = (parts[feature] ?? 0) + coefficient * transformed(row[feature] ?? Number.NaN);
    return parts;
  };
  const means = new Float64Array(width);
  for (const row of background)
    for (const [feature, part] of partsOf(row).entries())
      means[feature] = (means[feature] ?? 0) + part / background.length;
  return {
    base: means.reduce((sum, mean) => sum + mean, intercept),
    parts: (row) => partsOf(row).map((part, feature) => part - (means[feature] ?? 0)),
  };
}
