import { expect, test } from 'vitest';
import { requireSchema, type Table, type TableSchema } from '../../src/data/index.ts';

const schema: TableSchema = {
  fields: [
    { name: 'age', type: 'integer' },
    { name: 'colour', type: 'string' },
    { name: 'paid', type: 'integer', role: 'target' },
  ],
};
const numbers = (name: string, ...values: number[]) =>
  ({ kind: 'numeric', name, type: 'number', values: Float64Array.from(values) }) as const;
const colour = {
  kind: 'text',
  name: 'colour',
  type: 'string',
  codes: Int32Array.of(0, 0),
  dictionary: ['red'],
} as const;
const table = (...columns: Table['columns'][number][]): Table => ({ rows: 2, columns });

test('whole numbers beside missing ones are whole, and the target may be absent', () => {
  expect(() => requireSchema(table(colour, numbers('age', 40, Number.NaN)), schema, 'f.csv')).not.toThrow();
});

test('columns that may stand beside are named', () => {
  const given = table(colour, numbers('age', 1, 2), numbers('probability', 0, 1));
  expect(() => requireSchema(given, schema, 'f.csv', { beside: ['probability'] })).not.toThrow();
});

test('every column at fault is told at once', () => {
  const given = table({ ...colour, name: 'age' }, numbers('extra', 1, 2));
  expect(() => requireSchema(given, schema, 'f.csv', { needed: ['feature', 'target'] })).toThrow(
    expect.objectContaining({
      exitCode: 65,
      why: "'colour' is missing; 'paid' is missing; 'extra' is not in the schema; 'age' holds values that are not whole numbers",
    }),
  );
});
