import { requireNumeric } from '../data/table.ts';
import { mostCategories } from './binned-feature.ts';
import { binCategories } from './category-bins.ts';
import { type LinearTerm, type LogisticRegression, termValue } from './logistic-regression.ts';
import { minimiseLogLoss } from './minimise-log-loss.ts';
import type { ModelQuestion } from './model-question.ts';
import type { LogisticParameters } from './parameters.ts';
import { requireBinaryTarget, requireBothClasses } from './require-binary-target.ts';
import { requireFeatures } from './require-parameters.ts';
import { weighOutcomes } from './weigh-outcomes.ts';

/**
 * Logistic regression with L2 on standardised features, the intercept free, which minimises the
 * weighted log loss summed over rows + l2 / 2 times the squared coefficients, as scikit-learn with C = 1 / l2.
 * Missing numbers count as the mean; a category has a term for each of its values.
 * @throws DataError as `trainBoostedTrees`
 */
export async function trainLogisticRegression(
  { features, target, weights, signal }: ModelQuestion,
  parameters: LogisticParameters,
): Promise<LogisticRegression> {
  requireBinaryTarget(target);
  requireBothClasses(target);
  const names = features.columns.map((column) => column.name);
  requireFeatures('categories', parameters.categories, names);
  const columns = names.map((name) => requireNumeric(features, name).values);
  const terms = columns.flatMap((values, feature) =>
    parameters.categories.includes(names[feature] ?? '')
      ? categoryTerms(values, feature)
      : [numericTerm(values, feature)],
  );
  const inputs = terms.map((term) =>
    (columns[term.feature] ?? new Float64Array()).map((value) => termValue(term, value)),
  );
  const weighed = weighOutcomes(target, weights, parameters.positiveWeight);
  const [intercept = 0, ...coefficients] = await minimiseLogLoss(
    { inputs, target, weights: weighed, l2: parameters.l2 },
    signal,
  );
  return {
    kind: 'logistic_regression',
    features: names,
    intercept: Math.fround(intercept),
    terms: terms.map((term, place) => ({ ...term, coefficient: Math.fround(coefficients[place] ?? 0) })),
  };
}

function numericTerm(values: Float64Array, feature: number): LinearTerm {
  let rows = 0;
  let mean = 0;
  let squares = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    rows += 1;
    const away = value - mean;
    mean += away / rows;
    squares += away * (value - mean);
  }
  const deviation = rows === 0 ? 0 : Math.sqrt(squares / rows);
  const scale = deviation === 0 ? 0 : Math.fround(1 / deviation);
  return { kind: 'numeric', feature, mean: Math.fround(mean), scale, coefficient: 0 };
}

function categoryTerms(values: Float64Array, feature: number): readonly LinearTerm[] {
  const { values: found } = binCategories('', values, mostCategories);
  return Array.from(found, (value) => ({ kind: 'category', feature, value, coefficient: 0 }));
}
