import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { InternalError } from '../platform/errors.ts';
import { nextTurn } from '../platform/next-turn.ts';
import { setDerivatives, sumLogLoss } from './logistic-loss.ts';

const mostSteps = 100;
const tolerance = 1e-10;

export interface LogisticProblem {
  /** Columns that the coefficients are multiplied by. */
  readonly inputs: readonly Float64Array[];
  /** 0..1, one a row. */
  readonly target: Float64Array;
  readonly weights: Float64Array;
  readonly l2: number;
}

/**
 * Minimises the weighted log loss summed over rows + l2 / 2 times the squared coefficients, the intercept free, by iteratively
 * reweighted least squares (Hastie, Tibshirani, Friedman 2009, §4.4.1) with halved steps where a whole one does not lower it.
 * @returns the intercept, then a coefficient for each input
 */
export async function minimiseLogLoss(
  problem: LogisticProblem,
  signal: AbortSignal,
): Promise<readonly number[]> {
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
function downhill(problem: LogisticProblem, from: Float64Array, change: readonly number[]): Float64Array {
  const most = penalisedLoss(problem, from) * (1 + 1e-12);
  for (let length = 1; length > 1e-6; length /= 2) {
    const next = from.map((each, place) => each + length * (change[place] ?? 0));
    if (penalisedLoss(problem, next) <= most) return next;
  }
  return from.map((each, place) => each + (change[place] ?? 0));
}

function logOddsOf({ inputs, target }: LogisticProblem, coefficients: Float64Array): Float64Array {
  const sums = new Float64Array(target.length).fill(coefficients[0] ?? 0);
  for (const [place, values] of inputs.entries()) {
    const coefficient = coefficients[place + 1] ?? 0;
    for (let row = 0; row < sums.length; row++)
      sums[row] = (sums[row] ?? 0) + coefficient * (values[row] ?? 0);
  }
  return sums;
}

function penalisedLoss(problem: LogisticProblem, coefficients: Float64Array): number {
  const { target, weights, l2 } = problem;
  const penalty = coefficients.reduce((sum, each, place) => (place === 0 ? 0 : sum + each * each), 0);
  return sumLogLoss(logOddsOf(problem, coefficients), target, weights, 0).loss + (l2 / 2) * penalty;
}

/** Solves (X'WX + l2 I) change = X'(weights (target - p)) - l2 coefficients. */
function newtonStep(problem: LogisticProblem, coefficients: Float64Array): readonly number[] {
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
