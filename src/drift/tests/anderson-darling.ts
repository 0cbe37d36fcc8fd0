import type { NumberTallies } from '../value-counts.ts';
import { type DriftTest, NotDefinedError, pValue } from './drift-test.ts';

export const andersonDarlingTest = {
  name: 'anderson',
  description:
    'The two-sample Anderson-Darling test, midranks; p between 0.001 and 0.25, as its table goes: numbers.',
  kind: 'p_value',
  takes: ['numerical'],
  threshold: 0.1,
  inclusive: false,
  measure: ({ tallies, referenceSize, currentSize }) =>
    pValue(andersonDarlingPValue(normedStatistic(tallies(), referenceSize, currentSize))),
} as const satisfies DriftTest;

/**
 * Scholz and Stephens 1987, equation 7, less its mean and over its deviation, as scipy 1.17 `anderson_ksamp`.
 * @throws NotDefinedError for a single distinct value or fewer than four values
 */
function normedStatistic(tallies: NumberTallies, n: number, m: number): number {
  const { values, reference, current } = tallies;
  const all = n + m;
  if (values.length < 2) throw new NotDefinedError('there is a single value on both sides');
  if (all < 4) throw new NotDefinedError('the Anderson-Darling test needs four values');
  let statistic = 0;
  let before = 0;
  let beforeReference = 0;
  for (let index = 0; index < values.length; index++) {
    const first = reference[index] ?? 0;
    const ties = first + (current[index] ?? 0);
    const below = before + ties / 2;
    const belowReference = beforeReference + first / 2;
    const weight = ties / all / (below * (all - below) - (all * ties) / 4);
    const apart = (all * belowReference - below * n) ** 2;
    // Both samples lie as far from the pooled one, in opposite directions.
    statistic += weight * apart * (1 / n + 1 / m);
    before += ties;
    beforeReference += first;
  }
  return ((statistic * (all - 1)) / all - 1) / Math.sqrt(variance(n, m));
}

/** Scholz and Stephens 1987, equation 4, for two samples. */
function variance(n: number, m: number): number {
  const all = n + m;
  const sizes = 1 / n + 1 / m;
  let h = 0;
  let g = 0;
  for (let index = 2; index < all; index++) {
    h += 1 / (all - index + 1);
    g += h / index;
  }
  h += 1;
  const a = 4 * g - 6 + (10 - 6 * g) * sizes;
  const b = (2 * g - 4) * 4 + 16 * h + (2 * g - 14 * h - 4) * sizes - 8 * h + 4 * g - 6;
  const c = (6 * h + 2 * g - 2) * 4 + (4 * h - 4 * g + 6) * 2 + (2 * h - 6) * sizes + 4 * h;
  const d = (2 * h + 6) * 4 - 8 * h;
  return (a * all ** 3 + b * all ** 2 + c * all + d) / ((all - 1) * (all - 2) * (all - 3));
}

/**
 * By scipy's parabola through the logarithms of the significance levels 0.25 to 0.001 at the critical values of Scholz and
 * Stephens's table 2 for two samples (0.325, 1.226, 1.961, 2.718, 3.752, 4.592, 6.546), least squares.
 */
function andersonDarlingPValue(statistic: number): number {
  if (statistic < 0.325) return 0.25;
  if (statistic > 6.546) return 0.001;
  return Math.exp((0.01819809457411126 * statistic - 1.0082265644652506) * statistic - 1.0777702798204873);
}
