import { type DriftTest, pValue, pValueThreshold } from './drift-test.ts';
import { kolmogorovSurvival } from './kolmogorov-distribution.ts';

export const kolmogorovSmirnovTest = {
  name: 'ks',
  description:
    'The two-sample Kolmogorov-Smirnov test, two-sided, exact up to 10,000 values a side: numbers.',
  kind: 'p_value',
  takes: ['numerical'],
  threshold: pValueThreshold,
  inclusive: true,
  measure: (samples) =>
    pValue(kolmogorovSmirnov(samples.sorted().reference, samples.sorted().current).pValue),
} as const satisfies DriftTest;

const mostExact = 10_000;

/**
 * Two-sided, two-sample Kolmogorov-Smirnov test, as scipy 1.17 `ks_2samp(method='auto')`: lattice paths counted up to 10,000
 * values a side, above that the distribution of one sample of nm / (n + m) values.
 * @param reference sorted ascending, without missing values, length n > 0
 * @param current sorted ascending, without missing values, length m > 0
 */
function kolmogorovSmirnov(
  reference: Float64Array,
  current: Float64Array,
): { statistic: number; pValue: number } {
  const n = reference.length;
  const m = current.length;
  const divisor = greatestCommonDivisor(n, m);
  const steps = largestStep(reference, current, m / divisor, n / divisor);
  const multiple = (n / divisor) * m;
  const statistic = steps / multiple;
  if (steps === 0) return { statistic: 0, pValue: 1 };
  if (Math.max(n, m) > mostExact)
    return { statistic, pValue: kolmogorovSurvival(Math.round((n * m) / (n + m)), statistic) };
  const p = n === m ? outsideSquare(n, steps) : outsideBand(n, m, divisor, steps);
  return { statistic, pValue: Math.min(1, Math.max(0, p)) };
}

/** Largest distance between the two distribution functions, 0..1; both sides sorted ascending, not empty. */
export function kolmogorovSmirnovDistance(reference: Float64Array, current: Float64Array): number {
  const n = reference.length;
  const m = current.length;
  return largestStep(reference, current, m, n) / (n * m);
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** Largest |F - G| in units of 1/lcm(n, m), so that it is a whole number and free of rounding. */
function largestStep(
  reference: Float64Array,
  current: Float64Array,
  referenceStep: number,
  currentStep: number,
): number {
  let i = 0;
  let j = 0;
  let largest = 0;
  while (i < reference.length && j < current.length) {
    const value = Math.min(at(reference, i), at(current, j));
    while (i < reference.length && at(reference, i) === value) i++;
    while (j < current.length && at(current, j) === value) j++;
    largest = Math.max(largest, Math.abs(i * referenceStep - j * currentStep));
  }
  return largest;
}

function at(values: Float64Array, index: number): number {
  return values[index] ?? Number.NaN;
}

/** Share of lattice paths that leave the band |i/n - i/m| < h/n, for n = m (scipy `_compute_prob_outside_square`). */
function outsideSquare(n: number, h: number): number {
  let probability = 0;
  for (let k = Math.floor(n / h); k >= 0; k--) {
    let term = 1;
    for (let j = 0; j < h; j++) term = ((n - k * h - j) * term) / (n + k * h + j + 1);
    probability = term * (1 - probability);
  }
  return 2 * probability;
}

/** Share of lattice paths that leave the band, for any n and m (Hodges 1957; scipy `_compute_outer_prob_inside_method`). */
function outsideBand(first: number, second: number, divisor: number, h: number): number {
  const m = Math.max(first, second);
  const n = Math.min(first, second);
  const mStep = m / divisor;
  const nStep = n / divisor;
  let from = 0;
  let until = Math.min(Math.ceil(h / mStep), n + 1);
  let length = until - from;
  const outside = new Float64Array(Math.min(2 * until + 2, n + 1)).fill(1);
  outside.fill(0, from, until);
  for (let i = 1; i <= m; i++) {
    const lastFrom = from;
    const lastLength = length;
    from = Math.min(Math.max(Math.floor((nStep * i - h) / mStep) + 1, 0), n);
    until = Math.min(Math.ceil((nStep * i + h) / mStep), n + 1);
    if (until <= from) return 1;
    let value = from === 0 ? 0 : 1;
    for (let k = 0; k < until - from; k++) {
      const j = k + from;
      value = (at(outside, k + from - lastFrom) * i + value * j) / (i + j);
      outside[k] = value;
    }
    length = until - from;
    if (lastLength > length) outside.fill(1, length, lastLength);
  }
  return at(outside, until - from - 1);
}
