import type { NumberTallies } from '../value-counts.ts';
import { type DriftTest, NotDefinedError, pValue } from './drift-test.ts';

export const cramerVonMisesTest = {
  name: 'cramer_von_mises',
  description: 'The two-sample Cramer-von Mises test, exact up to 20 values on each side: numbers.',
  kind: 'p_value',
  takes: ['numerical'],
  threshold: 0.1,
  inclusive: true,
  measure: ({ tallies, referenceSize, currentSize }) => {
    const numbers = tallies();
    const areMostEqual = numbers.values.length < (referenceSize + currentSize) / 2;
    return pValue(
      cramerVonMises(numbers, referenceSize, currentSize),
      areMostEqual ? 'many values are equal, which inflates this statistic: rather use ks' : undefined,
    );
  },
} as const satisfies DriftTest;

const mostExact = 20;
/** The series of the limiting distribution ends with the first term below this, as in Evidently 0.7.23. */
const smallestTerm = 1e-7;

/** As scipy and Evidently 0.7.23: Anderson 1962, midranks. @throws NotDefinedError with a single value on a side */
function cramerVonMises(tallies: NumberTallies, n: number, m: number): number {
  if (Math.min(n, m) < 2)
    throw new NotDefinedError('the Cramer-von Mises test needs two values on each side');
  const squares = rankSquares(tallies, n, m);
  if (Math.max(n, m) <= mostExact) return exactSurvival(squares, n, m);
  const product = n * m;
  const all = n + m;
  const statistic = squares / (product * all) - (4 * product - 1) / (6 * all);
  const expected = (1 + 1 / all) / 6;
  const variance =
    ((all + 1) * (4 * product * all - 3 * (n ** 2 + m ** 2) - 2 * product)) / (45 * all ** 2 * 4 * product);
  const normed = 1 / 6 + (statistic - expected) / Math.sqrt(45 * variance);
  return normed < 0.003 ? 1 : Math.max(0, 1 - limitingDistribution(normed));
}

/** Anderson 1962, equation 10: n sum (r_i - i)^2 of the reference's ranks and m times the same of the current ones. */
function rankSquares({ values, reference, current }: NumberTallies, n: number, m: number): number {
  let before = 0;
  let i = 0;
  let j = 0;
  let first = 0;
  let second = 0;
  for (let index = 0; index < values.length; index++) {
    const inReference = reference[index] ?? 0;
    const inCurrent = current[index] ?? 0;
    const ties = inReference + inCurrent;
    const rank = before + (ties + 1) / 2;
    for (let end = i + inReference; i < end; ) first += (rank - ++i) ** 2;
    for (let end = j + inCurrent; j < end; ) second += (rank - ++j) ** 2;
    before += ties;
  }
  return n * first + m * second;
}

/** Limit of the one-sample statistic: Csorgo and Faraway 1996, equation 1.3. */
function limitingDistribution(x: number): number {
  let sum = 0;
  let ratio = Math.sqrt(Math.PI);
  for (let k = 0; ; k++) {
    const y = 4 * k + 1;
    const term =
      ((ratio * Math.sqrt(y)) / (Math.PI ** 1.5 * Math.sqrt(x))) * dampedBesselK((y * y) / (16 * x));
    sum += term;
    if (term < smallestTerm) return sum;
    ratio *= (k + 0.5) / (k + 1);
  }
}

/**
 * exp(-q) times the modified Bessel function of the second kind of order 1/4: its integral of exp(-q cosh t) cosh(t / 4)
 * (Abramowitz and Stegun 9.6.24) by the trapezoidal rule, which for such an integrand is exact to rounding.
 */
function dampedBesselK(q: number): number {
  const step = 1 / 16;
  let sum = 0.5;
  for (let k = 1; ; k++) {
    const t = k * step;
    const term = Math.exp(-2 * q * Math.sinh(t / 2) ** 2) * Math.cosh(t / 4);
    sum += term;
    if (term < 1e-18) return step * sum * Math.exp(-2 * q);
  }
}

/**
 * Share of the ways of mixing both samples whose statistic is at least so large: Xiao, Gordon and Yakovlev 2006, by the
 * frequencies of the values that the sum takes along each lattice path.
 */
function exactSurvival(squares: number, n: number, m: number): number {
  const multiple = leastCommonMultiple(n, m);
  const [a, b] = [multiple / n, multiple / m];
  const product = n * m;
  const least = Math.floor(
    (multiple ** 2 * (n + m) * (6 * squares - product * (4 * product - 1))) / (6 * product ** 2),
  );
  let column: ReadonlyMap<number, number>[] = Array.from({ length: n + 1 }, () => new Map<number, number>());
  column[0] = new Map([[0, 1]]);
  for (let u = 0; u <= m; u++) {
    let before: ReadonlyMap<number, number> = new Map();
    column = column.map((left, v) => {
      const step = (a * v - b * u) ** 2;
      const here = new Map<number, number>();
      for (const [value, ways] of [...before, ...left])
        here.set(value + step, (here.get(value + step) ?? 0) + ways);
      before = here;
      return here;
    });
  }
  let extreme = 0;
  let all = 0;
  for (const [value, ways] of column[n] ?? []) {
    all += ways;
    if (value >= least) extreme += ways;
  }
  return extreme / all;
}

function leastCommonMultiple(n: number, m: number): number {
  let [a, b] = [n, m];
  while (b !== 0) [a, b] = [b, a % b];
  return (n / a) * m;
}
