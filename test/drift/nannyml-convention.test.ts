import { describe, expect, test } from 'vitest';
import { type Column, requireColumn, type Table } from '../../src/data/index.ts';
import { driftConventions, measureDrift } from '../../src/drift/index.ts';
import type { DriftTestName } from '../../src/platform/drift-test-names.ts';
import { gmscPresent, gmscTable, gmscTitle } from './gmsc.ts';
import { nannymlFigures } from './nannyml-figures.ts';
import { driftTest, uniform } from './test-samples.ts';

const limits = { warningShare: 0.3, criticalShare: 0.5, minimumRows: 0, falseAlarms: 0.05 };

function byNannyml(
  reference: Column,
  current: Column,
  type: 'numerical' | 'categorical',
  name: DriftTestName | undefined,
) {
  const table = (column: Column): Table => ({
    rows: column.kind === 'numeric' ? column.values.length : column.codes.length,
    columns: [{ ...column, name: 'x' }],
  });
  const { features } = measureDrift({
    ...limits,
    reference: table(reference),
    current: table(current),
    features: [{ name: 'x', type }],
    convention: driftConventions.nannyml,
    plan: { numerical: name, categorical: name },
  });
  return features[0];
}

function near(figure: number, tolerance: number) {
  return (value: number | null | undefined) =>
    expect(Math.abs((value ?? Number.NaN) - figure)).toBeLessThanOrEqual(tolerance * figure);
}

function numbers(values: readonly number[]): Column {
  return { kind: 'numeric', name: 'x', type: 'number', values: Float64Array.from(values) };
}

describe('thresholds are the mean and three deviations of the chunks of the reference', () => {
  test.each([
    [400, 3, 'jensen_shannon', 0.3587942109809422],
    [400, 3, 'kolmogorov_smirnov', 0.23890065481558104],
    [400, 3, 'hellinger', 0.34996698760934264],
    [400, 3, 'wasserstein', 1.0474470880848956],
    [12_000, 5, 'jensen_shannon', 0.06923924557726657],
    [12_000, 5, 'kolmogorov_smirnov', 0.05020479846242728],
    [12_000, 5, 'hellinger', 0.05769921745788548],
    [12_000, 5, 'wasserstein', 0.2432698774036688],
  ] as const)('of %i rows, seed %i, by %s', (rows, seed, method, threshold) => {
    const reference = numbers(uniform(seed, rows).map((u) => 10 * u * u));
    const { name } = driftTest(`nannyml:${method}`);
    near(threshold, 1e-9)(byNannyml(reference, numbers([1, 2, 3]), 'numerical', name)?.threshold);
  });

  test('the Jensen-Shannon distance where no test was asked for, and its own test by a plain name', () => {
    const reference = numbers(uniform(3, 400).map((u) => 10 * u * u));
    const current = numbers(uniform(4, 300).map((u) => 10.5 * u * u - 0.02));
    expect(byNannyml(reference, current, 'numerical', undefined)?.test).toBe('nannyml:jensen_shannon');
    expect(byNannyml(reference, current, 'numerical', 'wasserstein')?.test).toBe('nannyml:wasserstein');
  });
});

describe.skipIf(!gmscPresent)('the same scores, thresholds and alerts as NannyML 0.13.1', () => {
  test.each([...new Set(nannymlFigures.map(([pair]) => pair))])(gmscTitle('%s'), async (pair) => {
    const [referenceFile = '', currentFile = ''] = pair.split(' vs ');
    const reference = await gmscTable(referenceFile);
    const current = await gmscTable(currentFile);
    for (const [, feature, type, method, score, threshold, alert] of nannymlFigures.filter(
      ([each]) => each === pair,
    )) {
      const { name, kind } = driftTest(`nannyml:${method}`);
      const found = byNannyml(columnOf(reference, feature), columnOf(current, feature), type, name);
      const where = `${feature} ${method}`;
      const tolerance = kind === 'p_value' ? 1e-6 : 1e-9;
      expect(Math.abs((found?.score ?? Number.NaN) - score), where).toBeLessThanOrEqual(tolerance * score);
      if (threshold !== null) near(threshold, 1e-9)(found?.threshold);
      expect(found?.drifted, where).toBe(alert);
    }
  });
});

/** `late` is any late payment at all, as a category. */
function columnOf(table: Table, feature: string): Column {
  if (feature !== 'late') return requireColumn(table, feature);
  const late = [
    'NumberOfTime30_59DaysPastDueNotWorse',
    'NumberOfTimes90DaysLate',
    'NumberOfTime60_89DaysPastDueNotWorse',
  ].map((name) => requireColumn(table, name));
  const codes = Int32Array.from({ length: table.rows }, (_, row) =>
    late.some((column) => column.kind === 'numeric' && (column.values[row] ?? 0) > 0) ? 1 : 0,
  );
  return { kind: 'text', name: 'late', type: 'string', codes, dictionary: ['no', 'yes'] };
}
