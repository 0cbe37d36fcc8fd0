import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type NumericColumn, readTable, type Table } from '../../../src/data/index.ts';

/** Real rows that samples are drawn from, and the columns of them that the shifts are made of. */
export interface Population {
  readonly name: string;
  readonly columns: readonly NumericColumn[];
  readonly rows: number;
  readonly numbers: string;
  readonly amounts: string;
  readonly counts: string;
}

const root = join(import.meta.dirname, '..', '..', '..');
const real = join(root, '..', 'shared', 'data', 'gmsc', 'reference.csv');

/** The credit rows beside the checkout where they are, else the sample that comes with it. */
export async function readPopulation(): Promise<Population> {
  const names = existsSync(real)
    ? {
        path: real,
        target: 'SeriousDlqin2yrs',
        amounts: 'MonthlyIncome',
        counts: 'NumberOfDependents',
      }
    : {
        path: join(root, 'fixtures', 'reference.csv'),
        target: 'defaulted',
        amounts: 'monthly_income',
        counts: 'dependents',
      };
  const table = await readTable(names.path);
  const columns = table.columns.filter(
    (column): column is NumericColumn =>
      column.kind === 'numeric' && column.type !== 'datetime' && column.name !== names.target,
  );
  return {
    ...names,
    name: existsSync(real) ? 'gmsc/reference.csv' : 'fixtures/reference.csv',
    columns,
    rows: table.rows,
    numbers: 'age',
  };
}

/** Rows drawn with replacement; each further copy of the features from rows of its own, so that it is independent. */
export function sample(population: Population, rows: number, copies: number, random: () => number): Table {
  const columns = Array.from({ length: copies }, (_, copy) => {
    const drawn = Uint32Array.from({ length: rows }, () => Math.floor(random() * population.rows));
    return population.columns.map(({ name, type, values }): NumericColumn => {
      const taken = Float64Array.from(drawn, (row) => values[row] ?? Number.NaN);
      return { kind: 'numeric', name: copy === 0 ? name : `${name} ${copy + 1}`, type, values: taken };
    });
  });
  return { rows, columns: columns.flat() };
}
