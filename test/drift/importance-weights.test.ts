import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type NumericColumn, readTable, requireNumeric } from '../../src/data/index.ts';
import { importanceWeights } from '../../src/drift/index.ts';
import { randomFrom } from '../../src/training/random.ts';

const signal = new AbortController().signal;
const column = (values: Float64Array): NumericColumn => ({
  kind: 'numeric',
  name: 'x',
  type: 'number',
  values,
});

/** Standard normal numbers (Box and Muller 1958), moved. */
function normal(rows: number, moved: number, seed: number): Float64Array {
  const random = randomFrom(seed);
  return Float64Array.from(
    { length: rows },
    () => moved + Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
  );
}

const mean = (values: Float64Array, weights?: Float64Array) =>
  values.reduce((sum, value, row) => sum + value * (weights?.[row] ?? 1), 0) /
  (weights?.reduce((sum, weight) => sum + weight, 0) ?? values.length);

describe('importance weights', () => {
  test('are near the ratio of two known densities, and carry the mean over', async () => {
    const before = normal(4000, 0, 1);
    const found = await importanceWeights([column(before)], [column(normal(4000, 0.5, 2))], 3, signal);
    if (found === null) throw new Error('no weights');
    expect(mean(before, found.weights)).toBeGreaterThan(0.38);
    expect(mean(before, found.weights)).toBeLessThan(0.55);
    expect(mean(found.weights)).toBeCloseTo(1, 12);
    // N(0.5, 1) / N(0, 1) at x is exp(x / 2 - 1/8); its effective share is exp(-1/4) = 0.78.
    const middle = [...before.keys()].filter((row) => Math.abs(before[row] ?? 9) < 1.5);
    const off = middle.map((row) =>
      Math.abs(Math.log(found.weights[row] ?? 0) - ((before[row] ?? 0) / 2 - 0.125)),
    );
    expect(off.reduce((sum, each) => sum + each, 0) / off.length).toBeLessThan(0.2);
    expect(found.effectiveRows / 4000).toBeGreaterThan(0.65);
    expect(found.effectiveRows / 4000).toBeLessThan(0.9);
  });

  test('are all 1 where the two sides are alike', async () => {
    const found = await importanceWeights(
      [column(normal(2000, 0, 4))],
      [column(normal(2000, 0, 5))],
      3,
      signal,
    );
    expect(found).toMatchObject({ drifted: false, effectiveRows: 2000, clipped: 0 });
    expect(found?.weights.every((weight) => weight === 1)).toBe(true);
  });

  test('are ten times the mean at most, where few rows look current', async () => {
    const found = await importanceWeights(
      [column(normal(3000, 0, 6))],
      [column(normal(3000, 3, 7))],
      3,
      signal,
    );
    expect(found?.clipped).toBeGreaterThan(0);
    expect(found?.effectiveRows).toBeLessThan(600);
  });
});

const gmsc = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'gmsc');

test.skipIf(!existsSync(gmsc))(
  existsSync(gmsc)
    ? 'of credit rows move every mean towards those of the shifted ones'
    : 'skipped: needs the shared credit data',
  async () => {
    const [reference, current] = await Promise.all(
      ['reference.csv', 'current_shifted.csv'].map((name) => readTable(join(gmsc, name))),
    );
    if (reference === undefined || current === undefined) throw new Error('no data');
    const names = ['age', 'RevolvingUtilizationOfUnsecuredLines', 'NumberOfOpenCreditLinesAndLoans'];
    const found = await importanceWeights(
      names.map((name) => requireNumeric(reference, name)),
      names.map((name) => requireNumeric(current, name)),
      42,
      signal,
    );
    if (found === null) throw new Error('no weights');
    expect(found.effectiveRows).toBeLessThan(0.8 * reference.rows);
    for (const name of names) {
      const cut = (values: Float64Array) => values.map((value) => Math.min(value, 100));
      const before = cut(requireNumeric(reference, name).values);
      const after = cut(requireNumeric(current, name).values);
      const left = (mean(after) - mean(before, found.weights)) / (mean(after) - mean(before));
      expect(Math.abs(left), name).toBeLessThan(0.3);
    }
  },
);
