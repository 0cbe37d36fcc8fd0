import { describe, expect, it } from 'vitest';
import type { Column, Table } from '../../src/data/table.ts';
import { type SegmentPlan, segmentsOf } from '../../src/gate/index.ts';

const numeric = (name: string, ...values: number[]): Column => ({
  kind: 'numeric',
  name,
  type: 'number',
  values: Float64Array.from(values),
});

const table = (column: Column, rows: number): Table => ({ rows, columns: [column] });

function segments(column: Column, rows: number, type: 'numerical' | 'categorical' | 'text') {
  return segmentsOf(table(column, rows), [{ name: column.name, type }]).map((segment) => [
    segment.name,
    [...segment.rows],
  ]);
}

describe('segments of a feature', () => {
  it('are the quarters of a numerical one, named by the values in them, and its missing rows', () => {
    const age = numeric('age', 70, 21, 33, Number.NaN, 41, 52, 30, 66, 45);
    expect(segments(age, 9, 'numerical')).toEqual([
      ['age 21 to 30', [1, 6]],
      ['age 33 to 41', [2, 4]],
      ['age 45 to 52', [5, 8]],
      ['age 66 to 70', [0, 7]],
      ['age missing', [3]],
    ]);
  });

  it('are as many parts of a numerical one as are asked for, for all or for one', () => {
    const age = numeric('age', 70, 21, 33, 41);
    const parts = (plan: SegmentPlan) =>
      segmentsOf(table(age, 4), [{ name: 'age', type: 'numerical' }], plan).map(({ name }) => name);
    expect(parts({ bins: 2, binsOf: {} })).toEqual(['age 21 to 33', 'age 41 to 70']);
    expect(parts({ bins: 2, binsOf: { age: 3 } })).toEqual(['age 21 to 33', 'age 41', 'age 70']);
  });

  it('keep equal values together, so that fewer than four are left', () => {
    expect(segments(numeric('late', 0, 0, 0, 2, 0, 0, 0, 1), 8, 'numerical')).toEqual([
      ['late 0', [0, 1, 2, 4, 5, 6]],
      ['late 1 to 2', [3, 7]],
    ]);
    expect(segments(numeric('flat', 1.23456789, 1.23456789), 2, 'numerical')).toEqual([
      ['flat 1.23457', [0, 1]],
    ]);
    expect(segments(numeric('gone', Number.NaN, Number.NaN), 2, 'numerical')).toEqual([
      ['gone missing', [0, 1]],
    ]);
  });

  it('are the values of a categorical one, in their order', () => {
    const region: Column = {
      kind: 'text',
      name: 'region',
      type: 'string',
      codes: Int32Array.of(1, 0, -1, 1),
      dictionary: ['south', 'north', 'unused'],
    };
    expect(segments(region, 4, 'categorical')).toEqual([
      ['region north', [0, 3]],
      ['region south', [1]],
      ['region missing', [2]],
    ]);
    const owner: Column = {
      ...numeric('owner', 1, 0, Number.NaN),
      kind: 'numeric',
      type: 'boolean',
      values: Float64Array.of(1, 0, Number.NaN),
    };
    expect(segments(owner, 3, 'categorical')).toEqual([
      ['owner false', [1]],
      ['owner true', [0]],
      ['owner missing', [2]],
    ]);
  });

  it('stay bounded: the twenty most frequent values, and one for the rest', () => {
    const values = [...Array.from({ length: 30 }, (_, value) => value), 29, 28];
    const found = segments(numeric('branch', ...values), values.length, 'categorical');
    expect(found).toHaveLength(21);
    expect(found.map(([name]) => name)).toContain('branch 29');
    expect(found.at(-1)).toEqual(['branch: 10 other values', Array.from({ length: 10 }, (_, at) => at + 18)]);
  });

  it('are none for free text, and a column that is not there is an error', () => {
    expect(segments(numeric('note', 1, 2), 2, 'text')).toEqual([]);
    expect(() => segmentsOf(table(numeric('age', 1), 1), [{ name: 'income', type: 'numerical' }])).toThrow(
      "column 'income' is missing",
    );
  });

  it('cover every row once a feature', () => {
    const values = Array.from({ length: 1000 }, (_, row) => (row * 7919) % 613);
    const rows = segmentsOf(table(numeric('x', ...values), 1000), [{ name: 'x', type: 'numerical' }]).flatMap(
      (segment) => [...segment.rows],
    );
    expect(rows.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, row) => row));
  });
});
