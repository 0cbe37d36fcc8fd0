import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { requireNumeric } from '../data/table.ts';
import { InternalError } from '../platform/errors.ts';
import { nextTurn } from '../platform/next-turn.ts';
import { mostCategories } from './binned-feature.ts';
import { binCategories } from './category-bins.ts';
import { setDerivatives, sumLogLoss } from './logistic-loss.ts';
import { type LinearTerm, type LogisticRegression, termValue } from './logistic-regression.ts';
import type { ModelQuestion } from './model-question.ts';
import type { LogisticParameters } from './parameters.ts';
import { requireBinaryTarget, requireBothClasses } from './require-binary-target.ts';
import { requireFeatures } from './require-parameters.ts';
import { weighOutcomes } from './weigh-outcomes.ts';

const mostSteps = 100;
const tolerance = 1e-10;

interface Problem {
  /** Columns that the coefficients are multiplied by. */
  readonly inputs: readonly Float64Array[];
  readonly target: Float64Array;
  readonly weights: Float64Array;
  readonly l2: number;
}

/**
 * Logistic regression with L2 on standardised features, the intercept free, by iteratively reweighted least squares
 * (Hastie, Tibshirani, Friedman 2009, §4.4.1) with halved steps where a whole one does not lower the loss. Minimises the
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
  const [intercept = 0, ...coefficients] = await solve(
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

/** @returns the intercept, then a coefficient for each input */
async function solve(problem: Problem, signal: AbortSignal): Promise<readonly number[]> {
  let coefficients: Float64Array = new Float64Array(problem.inputs.length + 1);
  for (let step = 0; step < mostSteps; step++) {
    await nextTurn(signal);
    const change = newtonStep(problem, coefficients);
    coefficients = downhill(problem, coefficients, change);
    if (change.every((each) => Math.abs(each) < tolerance)) return [...coefficients];
  }
  throw new InternalError(`logistic regression did not settle in ${mostSteps} steps`, {
    remedy: 'raise trainer.logistic.l2, and report it with the data',
  });
}

/** A whole step where it does not raise the loss, else the first of its halves that does not. */
function downhill(problem: Problem, from: Float64Array, change: readonly number[]): Float64Array {
  const most = penalisedLoss(problem, from) * (1 + 1e-12);
  for (let length = 1; length > 1e-6; length /= 2) {
    const next = from.map((each, place) => each + length * (change[place] ?? 0));
    if (penalisedLoss(problem, next) <= most) return next;
  }
  return from.map((each, place) => each + (change[place] ?? 0));
}

function logOddsOf({ inputs, target }: Problem, coefficients: Float64Array): Float64Array {
  const sums = new Float64Array(target.length).fill(coefficients[0] ?? 0);
  for (const [place, values] of inputs.entries()) {
    const coefficient = coefficients[place + 1] ?? 0;
    for (let row = 0; row < sums.length; row++)
      sums[row] = (sums[row] ?? 0) + coefficient * (values[row] ?? 0);
  }
  return sums;
}

function penalisedLoss(problem: Problem, coefficients: Float64Array): number {
  const { target, weights, l2 } = problem;
  const penalty = coefficients.reduce((sum, each, place) => (place === 0 ? 0 : sum + each * each), 0);
  return sumLogLoss(logOddsOf(problem, coefficients), target, weights, 0).loss + (l2 / 2) * penalty;
}

/** Solves (X'WX + l2 I) change = X'(weights (target - p)) - l2 coefficients. */
function newtonStep(problem: Problem, coefficients: Float64Array): readonly number[] {
  const { inputs, target, weights, l2 } = problem;
  const derivatives = { gradient: new Float64Array(target.length), hessian: new Float64Array(target.length) };
  setDerivatives(derivatives, logOddsOf(problem, coefficients), target, weights);
  const all = [new Float64Array(target.length).fill(1), ...inputs];
  const hessian = Matrix.zeros(all.length, all.length);
  const downward = Matrix.zeros(all.length, 1);
  for (const [place, values] of all.entries()) {
    const weighted = values.map((value, row) => value * (derivatives.hessian[row] ?? 0));
    for (const [other, others] of all.slice(0, place + 1).entries()) {
      const sum = dot(weighted, others) + (place === other && place > 0 ? l2 : 0);
      hessian.set(place, other, sum);
      hessian.set(other, place, sum);
    }
    const penalty = place === 0 ? 0 : l2 * (coefficients[place] ?? 0);
    downward.set(place, 0, -dot(values, derivatives.gradient) - penalty);
  }
  return new CholeskyDecomposition(hessian).solve(downward).to1DArray();
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < a.length; row++) sum += (a[row] ?? 0) * (b[row] ?? 0);
  return sum;
}
