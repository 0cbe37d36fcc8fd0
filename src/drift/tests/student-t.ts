import betainc from '@stdlib/math-base-special-betainc';
import { mean } from '../moments.ts';
import { type DriftTest, NotDefinedError, pValue, pValueThreshold } from './drift-test.ts';

export const studentTTest = {
  name: 't_test',
  description: "Student's t test of the means, equal variances, two-sided: numbers.",
  kind: 'p_value',
  takes: ['numerical'],
  threshold: pValueThreshold,
  inclusive: false,
  measure: (samples) => pValue(studentT(samples.sorted().reference, samples.sorted().current)),
} as const satisfies DriftTest;

/** As scipy `ttest_ind`. @throws NotDefinedError where neither side varies */
function studentT(reference: Float64Array, current: Float64Array): number {
  const n = reference.length;
  const m = current.length;
  const freedom = n + m - 2;
  const centers = { reference: mean(reference), current: mean(current) };
  const squares = squaresAround(reference, centers.reference) + squaresAround(current, centers.current);
  if (freedom < 1 || squares === 0) throw new NotDefinedError('neither side varies around its mean');
  const t = (centers.reference - centers.current) / Math.sqrt((squares / freedom) * (1 / n + 1 / m));
  return studentPValue(t, freedom);
}

/** Chance of a Student's t of so many degrees of freedom at least so far from 0. */
export function studentPValue(t: number, freedom: number): number {
  return betainc(freedom / (freedom + t * t), freedom / 2, 0.5, true, false);
}

function squaresAround(values: Float64Array, center: number): number {
  let sum = 0;
  for (const value of values) sum += (value - center) ** 2;
  return sum;
}
