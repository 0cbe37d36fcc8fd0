import { Matrix } from 'ml-matrix';
import type { NumberTallies } from '../value-counts.ts';
import { chiSquareSurvival } from './chi-square.ts';
import { type DriftTest, NotDefinedError, pValue, pValueThreshold } from './drift-test.ts';
import { pseudoInverse } from './pseudo-inverse.ts';

export const eppsSingletonTest = {
  name: 'es',
  description: 'The Epps-Singleton test of the empirical characteristic functions at 0.4 and 0.8: numbers.',
  kind: 'p_value',
  takes: ['numerical'],
  threshold: pValueThreshold,
  inclusive: false,
  measure: ({ tallies, referenceSize, currentSize }) =>
    pValue(eppsSingleton(tallies(), referenceSize, currentSize)),
} as const satisfies DriftTest;

const points = [0.4, 0.8] as const;
const waves = 2 * points.length;
const fewestValues = 5;
/** With fewer values on both sides the statistic is corrected for it. */
const smallSample = 25;

/** Epps and Singleton 1986 as scipy 1.17 `epps_singleton_2samp`. @throws NotDefinedError without a spread, or below five values */
function eppsSingleton(tallies: NumberTallies, n: number, m: number): number {
  if (Math.min(n, m) < fewestValues)
    throw new NotDefinedError('the Epps-Singleton test needs five values on each side');
  const spread = quantileOf(tallies, 0.75, n + m) - quantileOf(tallies, 0.25, n + m);
  if (spread === 0)
    throw new NotDefinedError('the middle half of both sides together is one value, so it has no spread');
  const table = waveTable(tallies.values, spread / 2);
  const first = moments(table, tallies.reference, n);
  const second = moments(table, tallies.current, m);
  const all = n + m;
  const covariance = first.covariance.map((row, i) =>
    row.map((value, j) => (all / n) * value + (all / m) * (second.covariance[i]?.[j] ?? 0)),
  );
  const difference = first.means.map((value, wave) => value - (second.means[wave] ?? 0));
  const { inverse, rank } = pseudoInverse(covariance);
  const column = Matrix.columnVector(difference);
  const statistic = inverse.mmul(column).dot(column);
  const correction =
    Math.max(n, m) < smallSample ? 1 / (1 + all ** -0.45 + 10.1 * (n ** -1.7 + m ** -1.7)) : 1;
  return chiSquareSurvival(all * statistic * correction, rank);
}

/** Cosines and sines of each distinct value at each point, one row of four a value. */
function waveTable(values: Float64Array, scale: number): Float64Array {
  const table = new Float64Array(values.length * waves);
  for (let index = 0; index < values.length; index++) {
    for (const [point, at] of points.entries()) {
      const angle = (at / scale) * (values[index] ?? 0);
      table[index * waves + point] = Math.cos(angle);
      table[index * waves + points.length + point] = Math.sin(angle);
    }
  }
  return table;
}

/** Means and covariances (divisor n) of the waves of one side. */
function moments(table: Float64Array, counts: Uint32Array, n: number) {
  const means = new Array<number>(waves).fill(0);
  for (let index = 0; index < counts.length; index++) {
    const count = counts[index] ?? 0;
    for (let wave = 0; wave < waves; wave++)
      means[wave] = (means[wave] ?? 0) + (count * (table[index * waves + wave] ?? 0)) / n;
  }
  const sums = new Float64Array(waves * waves);
  for (let index = 0; index < counts.length; index++) {
    const count = counts[index] ?? 0;
    if (count === 0) continue;
    for (let i = 0; i < waves; i++) {
      const off = count * ((table[index * waves + i] ?? 0) - (means[i] ?? 0));
      for (let j = 0; j <= i; j++) {
        const at = i * waves + j;
        sums[at] = (sums[at] ?? 0) + off * ((table[index * waves + j] ?? 0) - (means[j] ?? 0));
      }
    }
  }
  const covariance = means.map((_, i) =>
    means.map((_mean, j) => (sums[Math.max(i, j) * waves + Math.min(i, j)] ?? 0) / n),
  );
  return { means, covariance };
}

/** Quantile by linear interpolation of both sides taken together, `all` values. */
function quantileOf({ values, reference, current }: NumberTallies, share: number, all: number): number {
  const position = (all - 1) * share;
  const rank = Math.floor(position);
  let passed = 0;
  for (let index = 0; index < values.length; index++) {
    passed += (reference[index] ?? 0) + (current[index] ?? 0);
    if (passed <= rank) continue;
    const value = values[index] ?? 0;
    const next = passed > rank + 1 ? value : (values[index + 1] ?? value);
    return value + (next - value) * (position - rank);
  }
  return values.at(-1) ?? 0;
}
