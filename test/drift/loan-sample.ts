import type { Column, NumericColumn, Table } from '../../src/data/index.ts';
import type { Feature } from '../../src/drift/index.ts';
import { randomFrom } from '../../src/training/random.ts';

const regions = ['north', 'south', 'east', 'west'];

/** Loan applicants; with `shift` 1 they are younger, poorer and use more of their credit, all within legal values. */
export function loanSample(seed: number, rows: number, shift = 0): Table {
  const random = randomFrom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const column = (name: string, value: () => number): NumericColumn => ({
    kind: 'numeric',
    name,
    type: 'number',
    values: Float64Array.from({ length: rows }, value),
  });
  return {
    rows,
    columns: [
      column('age', () => Math.round(Math.min(95, Math.max(18, 50 - 9 * shift + 14 * normal())))),
      column('income', () => Math.round(Math.exp(8.4 - 0.35 * shift + 0.5 * normal()))),
      column('utilization', () => Math.min(1, Math.abs(0.3 + 0.25 * shift + 0.28 * normal()))),
      column('balance', () => Math.round(20 * normal())),
      column('late', () => Math.max(0, Math.floor(-0.6 + normal()))),
      {
        kind: 'text',
        name: 'region',
        type: 'string',
        codes: Int32Array.from({ length: rows }, () => Math.floor(random() * regions.length)),
        dictionary: regions,
      },
    ],
  };
}

export const loanFeatures: readonly Feature[] = [
  { name: 'age', type: 'numerical' },
  { name: 'income', type: 'numerical' },
  { name: 'utilization', type: 'numerical' },
  { name: 'balance', type: 'numerical' },
  { name: 'late', type: 'numerical' },
  { name: 'region', type: 'categorical' },
];

/** The table with that column's numbers changed, one by one. */
export function withNumbers(
  table: Table,
  name: string,
  change: (value: number, row: number) => number,
): Table {
  return withColumn(table, name, (column) =>
    column.kind === 'numeric' ? { ...column, values: column.values.map(change) } : column,
  );
}

export function withColumn(table: Table, name: string, change: (column: Column) => Column): Table {
  return {
    rows: table.rows,
    columns: table.columns.map((column) => (column.name === name ? change(column) : column)),
  };
}

export function withoutColumn(table: Table, name: string): Table {
  return { rows: table.rows, columns: table.columns.filter((column) => column.name !== name) };
}

/** A column of that text in every row. */
export function textColumn(name: string, texts: readonly string[]): Column {
  return {
    kind: 'text',
    name,
    type: 'string',
    codes: Int32Array.from(texts, (text) => [...new Set(texts)].indexOf(text)),
    dictionary: [...new Set(texts)],
  };
}
