import { describe, expect, it, test } from 'vitest';
import { benjaminiHochberg } from '../../src/data/benjamini-hochberg.ts';
import type { Table } from '../../src/data/index.ts';
import { type DriftQuestion, featureTypes, measureDrift } from '../../src/drift/index.ts';
import { driftDefaults, minimumSample } from '../../src/workspace/index.ts';
import { gmscPresent, gmscTable, gmscTitle, gmscWeeks } from './gmsc.ts';
import { loanFeatures, loanSample, withNumbers } from './loan-sample.ts';

const compare = (reference: Table, current: Table, rules: Partial<DriftQuestion> = {}) =>
  measureDrift({
    reference,
    current,
    features: featureTypes(reference, current),
    ...driftDefaults,
    minimumRows: minimumSample,
    ...rules,
  });
const drifted = (reference: Table, current: Table) =>
  compare(reference, current)
    .features.filter((feature) => feature.drifted)
    .map(({ name }) => name);

const numbers = (values: readonly number[]): Table => ({
  rows: values.length,
  columns: [{ kind: 'numeric', name: 'x', type: 'number', values: Float64Array.from(values) }],
});
const repeat = (value: number, rows: number) => new Array<number>(rows).fill(value);

describe('what counts as drift by default', () => {
  it('holds a score against one threshold: enough to matter, and above what chance explains', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const result = compare(loanSample(90, 1000), loanSample(seed, 200, (seed % 6) / 10));
      for (const { score, threshold, drifted, q_value } of result.features) {
        expect(threshold).toBeGreaterThanOrEqual(0.1);
        expect(drifted).toBe((score ?? Number.NaN) >= (threshold ?? Number.NaN));
        if (drifted) expect(q_value).toBeLessThanOrEqual(0.05);
        else expect((q_value ?? 0) > 0.05 || (score ?? 1) < 0.1).toBe(true);
      }
    }
  });

  it('calls the same shift drift at 1,000 rows and at 30,000, and a small one at neither', () => {
    for (const rows of [1000, 30_000]) {
      expect(drifted(loanSample(1, 10_000), loanSample(2, rows, 0.5))).toEqual([
        'age',
        'income',
        'utilization',
      ]);
      expect(drifted(loanSample(1, 10_000), loanSample(2, rows, 0.05))).toEqual([]);
    }
  });

  it('finds a constant that moves, and values that leave a constant, without dividing by 0', () => {
    expect(compare(numbers(repeat(7, 500)), numbers(repeat(7.5, 300))).features).toMatchObject([
      { test: 'jensenshannon', drifted: true },
    ]);
    const spread = Array.from({ length: 300 }, (_, row) => (row < 60 ? row : 0));
    expect(compare(numbers(repeat(0, 500)), numbers(spread)).features).toMatchObject([
      { test: 'robust_wasserstein', score: expect.closeTo(59 / 300, 10), drifted: true },
    ]);
    expect(compare(numbers(repeat(7, 500)), numbers(repeat(7, 300))).features_drifted).toBe(0);
  });

  it('sees a mass that leaves the range, and is not blinded by a few values that own the deviation', () => {
    const reference = withNumbers(loanSample(1, 5000), 'income', (income, row) =>
      row % 500 === 0 ? 1e9 : income,
    );
    const current = withNumbers(loanSample(2, 1000), 'income', (income) => income * 1.4);
    expect(drifted(reference, current)).toEqual(['income']);
    const away = withNumbers(loanSample(2, 1000), 'age', (age, row) => (row % 20 === 0 ? 999 : age));
    expect(drifted(loanSample(1, 5000), away)).toEqual(['age']);
  });

  it('counts a feature whose missing values moved, and says so', () => {
    const current = withNumbers(loanSample(2, 400), 'income', (income, row) =>
      row % 4 === 0 ? Number.NaN : income,
    );
    const result = compare(loanSample(1, 3000), current);
    expect(result.features.find(({ name }) => name === 'income')).toMatchObject({
      drifted: true,
      note: 'missing values 0 % → 25 %',
      missing: { drifted: true, p_value: expect.any(Number) },
    });
    expect(result.features_drifted).toBe(1);
  });

  it('judges each feature alone where the correction is switched off, and says what that costs', () => {
    const rules = { correction: false, features: loanFeatures };
    const result = compare(loanSample(1, 3000), loanSample(2, 200), rules);
    expect(result.features.every(({ q_value }) => q_value === null)).toBe(true);
    expect(result.false_alarms?.expected).toBeCloseTo(1 - 0.95 ** 6, 12);
    expect(compare(loanSample(1, 3000), loanSample(2, 200)).false_alarms).toEqual({
      expected: 0.05,
      basis: 'noise_floor',
      sentence: 'expected 1 false alarm in 20 reports',
    });
  });

  it('corrects the p-values of tests that the user chose', () => {
    const current = loanSample(50, 400, 0.12);
    const ks = { plan: { numerical: 'ks' } } as const;
    const corrected = compare(loanSample(1, 3000), current, ks).features;
    const alone = compare(loanSample(1, 3000), current, { ...ks, correction: false }).features;
    expect(alone.find(({ name }) => name === 'age')).toMatchObject({ test: 'ks', threshold: 0.05 });
    for (const [index, feature] of corrected.entries()) {
      expect(feature.p_value).toBe(alone[index]?.p_value);
      expect(feature.q_value).toBeGreaterThanOrEqual(feature.p_value ?? 1);
      expect(feature.threshold).toBeLessThan(alone[index]?.threshold === 0.05 ? 0.05 : 1);
    }
  });
});

describe('Benjamini and Hochberg', () => {
  it("adjusts as R's p.adjust does", () => {
    const { q } = benjaminiHochberg([0.01, 0.04, 0.03, 0.5, 0.005]);
    expect(q.map((value) => Number(value.toFixed(12)))).toEqual([0.025, 0.05, 0.05, 0.5, 0.025]);
  });

  it('knows the p-value that is just small enough', () => {
    const pValues = [0.001, 0.02, 0.029, 0.2, 0.9];
    const { q, critical } = benjaminiHochberg(pValues);
    expect(critical(0.05)).toBeCloseTo(0.03, 12);
    for (const [index, p] of pValues.entries()) expect(p <= critical(0.05)).toBe((q[index] ?? 1) <= 0.05);
    expect(benjaminiHochberg([0.5, 0.9]).critical(0.05)).toBe(0.025);
  });
});

const title = gmscTitle(
  'real loan data: silent in four calm weeks, and on age and the utilization from the fifth',
);
test.skipIf(!gmscPresent)(title, async () => {
  const utilization = 'RevolvingUtilizationOfUnsecuredLines';
  const weeks = gmscWeeks(await gmscTable('stream.csv'));
  for (const file of ['reference.csv', 'small_reference.csv']) {
    const reference = await gmscTable(file);
    expect(drifted(reference, await gmscTable('current_calm.csv'))).toEqual([]);
    for (const calm of weeks.slice(0, 4)) expect(drifted(reference, calm)).toEqual([]);
    for (const shifted of [await gmscTable('current_shifted.csv'), ...weeks.slice(4)])
      expect(drifted(reference, shifted)).toEqual(expect.arrayContaining(['age', utilization]));
  }
});
