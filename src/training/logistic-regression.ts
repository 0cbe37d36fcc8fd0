/** One term of the linear sum. */
export type LinearTerm =
  | {
      readonly kind: 'numeric';
      /** Its place among the features. */
      readonly feature: number;
      /** float32: taken off the value, and standing in for a missing one. */
      readonly mean: number;
      /** float32: 1 / standard deviation. */
      readonly scale: number;
      readonly coefficient: number;
    }
  | {
      readonly kind: 'category';
      readonly feature: number;
      /** float32: the term is 1 where the value is this, else 0. */
      readonly value: number;
      readonly coefficient: number;
    };

export interface LogisticRegression {
  readonly kind: 'logistic_regression';
  readonly features: readonly string[];
  readonly intercept: number;
  /** In the order of the features, those of a category side by side. */
  readonly terms: readonly LinearTerm[];
}

/** Log odds of one row; `columns` in the order of the model's features. */
export function linearPredictor(
  { intercept, terms }: LogisticRegression,
  columns: readonly Float64Array[],
  row: number,
): number {
  let sum = intercept;
  for (const term of terms)
    sum += term.coefficient * termValue(term, columns[term.feature]?.[row] ?? Number.NaN);
  return sum;
}

/** What a term's coefficient is multiplied by, in float32 as ONNX Runtime computes it. */
export function termValue(term: LinearTerm, value: number): number {
  const rounded = Math.fround(value);
  if (term.kind === 'category') return Number(rounded === term.value);
  return Number.isNaN(rounded) ? 0 : Math.fround(Math.fround(rounded - term.mean) * term.scale);
}
