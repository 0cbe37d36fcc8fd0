import { logLoss, rocAuc } from '../data/classification-metrics.ts';
import { shuffled } from './shuffled.ts';

/** Probabilities of `rows` rows, whose values lie one after another. */
export type ScoreRows = (values: Float64Array, rows: number) => Promise<Float64Array>;

export interface PermutationQuestion {
  /** One value a feature in each; NaN is missing. */
  readonly rows: readonly Float64Array[];
  /** 0 or 1, one a row. */
  readonly labels: Float64Array;
  /** Places of the features to look at. */
  readonly features: readonly number[];
  readonly repeats: number;
  readonly random: () => number;
  readonly score: ScoreRows;
  readonly signal: AbortSignal;
}

/** Over the repeats; the deviation has divisor n, as scikit-learn's `importances_std`. */
export interface Spread {
  readonly mean: number;
  readonly deviation: number;
}

export interface FeatureImportance {
  /** How much ROC AUC falls; null where the labels have one class. */
  readonly roc_auc: Spread | null;
  /** How much log loss rises. */
  readonly log_loss: Spread;
}

/**
 * How much worse a model becomes when the values of one feature are exchanged among the rows (Breiman 2001, section 10;
 * scikit-learn's `permutation_importance`). A feature that others stand in for looks unimportant.
 * @returns one a feature, in the order asked for
 */
export async function permutationImportance(
  question: PermutationQuestion,
): Promise<readonly FeatureImportance[]> {
  const { rows, labels, features, repeats, random, score, signal } = question;
  const width = rows[0]?.length ?? 0;
  const values = new Float64Array(rows.length * width);
  for (const [place, row] of rows.entries()) values.set(row, place * width);
  const before = figures(await score(values, rows.length), labels);
  const found: FeatureImportance[] = [];
  for (const feature of features) {
    const own = Float64Array.from(rows, (row) => row[feature] ?? Number.NaN);
    const falls: number[] = [];
    const rises: number[] = [];
    for (let repeat = 0; repeat < repeats; repeat++) {
      signal.throwIfAborted();
      put(values, feature, width, shuffled(own, random));
      const after = figures(await score(values, rows.length), labels);
      if (before.auc !== null && after.auc !== null) falls.push(before.auc - after.auc);
      rises.push(after.loss - before.loss);
    }
    put(values, feature, width, own);
    found.push({ roc_auc: falls.length === 0 ? null : spread(falls), log_loss: spread(rises) });
  }
  return found;
}

function figures(probabilities: Float64Array, labels: Float64Array) {
  return { auc: rocAuc(probabilities, labels), loss: logLoss(probabilities, labels) };
}

function put(values: Float64Array, feature: number, width: number, column: Float64Array): void {
  for (let row = 0; row < column.length; row++) values[row * width + feature] = column[row] ?? Number.NaN;
}

function spread(values: readonly number[]): Spread {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / values.length) };
}
