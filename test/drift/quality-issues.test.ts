import { describe, expect, it, test } from 'vitest';
import type { SchemaField, Table } from '../../src/data/index.ts';
import { type DataIssue, dataIssueDefinition } from '../../src/data/results/quality.ts';
import { comparableFeatures, featureTypes, findDataIssues } from '../../src/drift/index.ts';
import { gmscPresent, gmscTable, gmscTitle, gmscWeeks } from './gmsc.ts';
import {
  loanFeatures,
  loanSample,
  textColumn,
  withColumn,
  withNumbers,
  withoutColumn,
} from './loan-sample.ts';

const reference = loanSample(1, 3000);
const calm = loanSample(2, 600);
const shifted = loanSample(3, 600, 1);
const features = loanFeatures;
const ranges: readonly SchemaField[] = [
  { name: 'age', type: 'number', constraints: { minimum: 18, maximum: 100 } },
  { name: 'income', type: 'number', constraints: { minimum: 0 } },
  { name: 'region', type: 'string' },
];

function find(current: Table, fields: readonly SchemaField[] = ranges): readonly DataIssue[] {
  const issues = findDataIssues({ reference, current, features, fields });
  for (const issue of issues) dataIssueDefinition.parse(issue);
  return issues;
}

/** One in `every` rows changed. */
const some = (every: number, to: (value: number) => number) => (value: number, row: number) =>
  row % every === 0 ? to(value) : value;
const replaced = (table: Table, name: string, texts: (row: number) => string) =>
  withColumn(table, name, () =>
    textColumn(
      name,
      Array.from({ length: table.rows }, (_, row) => texts(row)),
    ),
  );

describe('nothing is found', () => {
  it('in other samples of the same population, whatever their size', () => {
    for (let seed = 10; seed < 40; seed++)
      for (const rows of [1, 20, 200, 1000]) expect(find(loanSample(seed, rows)), `seed ${seed}`).toEqual([]);
  });

  it('in a population that moved, a little or a lot', () => {
    for (let seed = 10; seed < 30; seed++)
      for (const shift of [-1, 0.5, 1, 2]) {
        const found = find(loanSample(seed, 400, shift));
        expect(found, `seed ${seed}, shift ${shift}: ${found[0]?.sentence}`).toEqual([]);
      }
  });

  it('in an empty table, but for the columns it lacks', () => {
    expect(find(loanSample(2, 0))).toEqual([]);
  });
});

describe('faults that are found, in calm and in shifted data', () => {
  const faults: readonly [string, DataIssue['kind'], string, (table: Table) => Table][] = [
    ['income in thousandths', 'unit_change', 'income', (t) => withNumbers(t, 'income', (v) => v * 1000)],
    ['income in thousands', 'unit_change', 'income', (t) => withNumbers(t, 'income', (v) => v / 1000)],
    ['income in cents', 'unit_change', 'income', (t) => withNumbers(t, 'income', (v) => v * 100)],
    ['income by the month', 'unit_change', 'income', (t) => withNumbers(t, 'income', (v) => v / 12)],
    [
      'the same, rounded',
      'unit_change',
      'income',
      (t) => withNumbers(t, 'income', (v) => Math.round(v / 12)),
    ],
    ['income in another currency', 'unit_change', 'income', (t) => withNumbers(t, 'income', (v) => v * 157)],
    ['age in months', 'unit_change', 'age', (t) => withNumbers(t, 'age', (v) => v * 12)],
    ['income with the wrong sign', 'unit_change', 'income', (t) => withNumbers(t, 'income', (v) => -v)],
    ['year of birth for age', 'unit_change', 'age', (t) => withNumbers(t, 'age', (v) => 2026 - v)],
    [
      'balance from another origin',
      'unit_change',
      'balance',
      (t) => withNumbers(t, 'balance', (v) => v + 500),
    ],
    [
      'age -999 for unknown',
      'sentinel',
      'age',
      (t) =>
        withNumbers(
          t,
          'age',
          some(25, () => -999),
        ),
    ],
    [
      'age 0 for unknown',
      'sentinel',
      'age',
      (t) =>
        withNumbers(
          t,
          'age',
          some(25, () => 0),
        ),
    ],
    [
      'income 9999999 for unknown',
      'sentinel',
      'income',
      (t) =>
        withNumbers(
          t,
          'income',
          some(25, () => 9_999_999),
        ),
    ],
    [
      'late 96 and 98',
      'sentinel',
      'late',
      (t) =>
        withNumbers(
          t,
          'late',
          some(12, (v) => 96 + 2 * (v % 2)),
        ),
    ],
    ['utilization stuck', 'constant', 'utilization', (t) => withNumbers(t, 'utilization', () => 0.5)],
    ['region stuck', 'constant', 'region', (t) => replaced(t, 'region', () => 'north')],
    [
      'some ages of 150',
      'range_break',
      'age',
      (t) =>
        withNumbers(
          t,
          'age',
          some(25, () => 150),
        ),
    ],
    [
      'a fifth of income gone',
      'missing_jump',
      'income',
      (t) =>
        withNumbers(
          t,
          'income',
          some(5, () => Number.NaN),
        ),
    ],
    ['all income gone', 'missing_jump', 'income', (t) => withNumbers(t, 'income', () => Number.NaN)],
    ['no income column', 'missing_column', 'income', (t) => withoutColumn(t, 'income')],
    [
      'income as text',
      'type_break',
      'income',
      (t) => replaced(t, 'income', (row) => (row % 9 ? '5400' : '5,400')),
    ],
    [
      'region as numbers',
      'type_break',
      'region',
      (t) =>
        withColumn(t, 'region', () => ({
          kind: 'numeric',
          name: 'region',
          type: 'integer',
          values: new Float64Array(t.rows).fill(3),
        })),
    ],
    [
      'regions in capitals',
      'unseen_category',
      'region',
      (t) => replaced(t, 'region', (row) => (row % 2 ? 'NORTH ' : 'south')),
    ],
  ];
  test.each(faults)('%s', (_title, kind, feature, damage) => {
    for (const table of [calm, shifted]) {
      const found = find(damage(table));
      expect(found.map((each) => [each.kind, each.feature])).toEqual([[kind, feature]]);
      expect(found[0]?.confidence).toBeGreaterThanOrEqual(0.8);
    }
  });
});

describe('what a finding tells', () => {
  it('names the likely units', () => {
    const [months] = find(withNumbers(calm, 'age', (age) => age * 12));
    expect(months?.sentence).toContain('age looks 12 times too large (years and months)');
    expect(months?.rows).toBe(600);
  });

  it('counts the texts that are no numbers, and shows one', () => {
    const [text] = find(replaced(calm, 'income', (row) => (row % 100 === 7 ? '5,400' : '5400')));
    expect(text).toMatchObject({ rows: 6, example: '5,400' });
    const [all] = find(replaced(calm, 'income', () => '5400'));
    expect(all).toMatchObject({ kind: 'type_break', rows: 600, example: '5400' });
  });

  it('counts the rows out of range, and shows the farthest below or above', () => {
    expect(
      find(
        withNumbers(
          calm,
          'age',
          some(25, () => 150),
        ),
      )[0],
    ).toMatchObject({ rows: 24, example: '150' });
    expect(
      find(
        withNumbers(
          calm,
          'income',
          some(10, (income) => -income - 3),
        ),
      )[0],
    ).toMatchObject({
      kind: 'range_break',
      rows: 60,
    });
  });

  it('lists the surest finding first', () => {
    const worse = withoutColumn(
      withNumbers(
        calm,
        'income',
        some(5, () => Number.NaN),
      ),
      'age',
    );
    expect(find(worse).map(({ kind }) => kind)).toEqual(['missing_column', 'missing_jump']);
  });
});

describe('what may be no fault is told with less confidence', () => {
  it('a new category', () => {
    const table = replaced(calm, 'region', (row) =>
      row % 10 === 0 ? 'centre' : (['north', 'south', 'east', 'west'][row % 4] ?? ''),
    );
    expect(find(table)).toMatchObject([
      { kind: 'unseen_category', rows: 60, example: 'centre', confidence: 0.6 },
    ]);
    const declared: SchemaField = {
      name: 'region',
      type: 'string',
      constraints: { enum: ['north', 'south', 'east', 'west'] },
    };
    expect(find(table, [declared])).toMatchObject([{ kind: 'unseen_category', confidence: 0.9 }]);
    expect(
      find(table, [{ ...declared, constraints: { enum: ['north', 'south', 'east', 'west', 'centre'] } }]),
    ).toEqual([]);
  });

  it('values that are no longer missing', () => {
    const gaps = withNumbers(
      reference,
      'income',
      some(4, () => Number.NaN),
    );
    expect(findDataIssues({ reference: gaps, current: calm, features })).toMatchObject([
      { kind: 'missing_jump', feature: 'income', rows: 0, confidence: 0.6 },
    ]);
  });

  it('a code that the reference has too', () => {
    const known = withNumbers(
      reference,
      'late',
      some(500, () => 98),
    );
    const more = withNumbers(
      calm,
      'late',
      some(33, () => 98),
    );
    expect(findDataIssues({ reference: known, current: more, features })).toMatchObject([
      { kind: 'sentinel', feature: 'late', example: '98', confidence: 0.6 },
    ]);
  });
});

describe('what is not claimed', () => {
  it('a factor under five', () => {
    expect(find(withNumbers(calm, 'income', (income) => income * 1.5))).toEqual([]);
    expect(find(withNumbers(calm, 'income', (income) => income * 3))).toEqual([]);
  });

  it('another origin, where a population may have gone', () => {
    const moved = (by: number) => withNumbers(calm, 'balance', (balance) => balance + by);
    expect(find(moved(75))).toEqual([]);
    expect(find(moved(100))).toMatchObject([{ kind: 'unit_change', feature: 'balance' }]);
  });

  it('a range that the reference breaks as often', () => {
    const narrow: SchemaField = { name: 'age', type: 'number', constraints: { minimum: 18, maximum: 70 } };
    expect(find(calm, [narrow])).toEqual([]);
  });

  it('a rare feature that a short window happens not to show', () => {
    const rare = withNumbers(reference, 'late', (_, row) => (row % 20 === 0 ? 1 : 0));
    expect(
      findDataIssues({ reference: rare, current: withNumbers(calm, 'late', () => 0), features }),
    ).toMatchObject([{ kind: 'constant', confidence: 0.6 }]);
    const fewer = withNumbers(loanSample(5, 200), 'late', () => 0);
    expect(findDataIssues({ reference: rare, current: fewer, features })).toEqual([]);
  });
});

it('says which features both sides have', () => {
  const broken = withoutColumn(
    replaced(calm, 'income', () => 'x'),
    'age',
  );
  expect(comparableFeatures({ reference, current: broken, features }).map(({ name }) => name)).toEqual([
    'income',
    'utilization',
    'balance',
    'late',
    'region',
  ]);
});

describe('on real loan data', () => {
  const title = gmscTitle('nothing in calm and shifted files and weeks, against both references');
  test.skipIf(!gmscPresent)(title, async () => {
    const stream = await gmscTable('stream.csv');
    const files = ['current_calm.csv', 'current_shifted.csv', 'small_current.csv'];
    const currents = [...(await Promise.all(files.map(gmscTable))), stream, ...gmscWeeks(stream)];
    for (const file of ['reference.csv', 'small_reference.csv']) {
      const before = await gmscTable(file);
      for (const current of currents)
        expect(
          findDataIssues({ reference: before, current, features: featureTypes(before, current) }),
        ).toEqual([]);
    }
  });

  const faults: readonly [string, DataIssue['kind'], string, (value: number, row: number) => number][] = [
    ['MonthlyIncome × 1000', 'unit_change', 'MonthlyIncome', (value) => value * 1000],
    ['MonthlyIncome ÷ 12', 'unit_change', 'MonthlyIncome', (value) => value / 12],
    ['age in months', 'unit_change', 'age', (value) => value * 12],
    ['DebtRatio in percent', 'unit_change', 'DebtRatio', (value) => value * 100],
    [
      'utilization in thousandths',
      'unit_change',
      'RevolvingUtilizationOfUnsecuredLines',
      (value) => value * 1000,
    ],
    ['age −999', 'sentinel', 'age', some(33, () => -999)],
    ['late payments 98', 'sentinel', 'NumberOfOpenCreditLinesAndLoans', some(33, () => 98)],
    ['dependents stuck', 'constant', 'NumberOfDependents', () => 0],
    ['a seventh of income gone', 'missing_jump', 'MonthlyIncome', some(7, () => Number.NaN)],
  ];
  for (const [fault, kind, feature, change] of faults) {
    test.skipIf(!gmscPresent)(gmscTitle(`${fault} in calm weeks`), async () => {
      const before = await gmscTable('reference.csv');
      for (const week of gmscWeeks(await gmscTable('stream.csv')).slice(0, 4)) {
        const current = withNumbers(week, feature, change);
        const found = findDataIssues({ reference: before, current, features: featureTypes(before, current) });
        expect(found.map((each) => [each.kind, each.feature])).toEqual([[kind, feature]]);
      }
    });
  }
});
