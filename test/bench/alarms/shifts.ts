import type { Column, Table } from '../../../src/data/index.ts';
import type { Population } from './population.ts';

/** A change of the current rows that a report should name, or that no test of single features can see. */
export interface Shift {
  readonly what: string;
  /** The feature that should be named. */
  readonly feature: string;
  apply(current: Table, random: () => number): Table;
}

export function shiftsOf({ numbers, amounts, counts }: Population): readonly Shift[] {
  return [
    of(`mean: \`${numbers}\` + 4`, numbers, (value) => value + 4),
    of(`scale: \`${numbers}\` × 1.4 about 52`, numbers, (value) => 52 + 1.4 * (value - 52)),
    of(`tail: 8 % of \`${amounts}\` × 5`, amounts, (value, random) => (random() < 0.08 ? 5 * value : value)),
    of(`category: 10 % of \`${counts}\` become 3`, counts, (value, random) => (random() < 0.1 ? 3 : value)),
    of(`missing: 8 % of \`${numbers}\``, numbers, (value, random) => (random() < 0.08 ? Number.NaN : value)),
    {
      what: `correlation: \`${numbers}\` shuffled against the rest`,
      feature: numbers,
      apply: (current, random) => change(current, numbers, (values) => shuffled(values, random)),
    },
  ];
}

function of(what: string, feature: string, value: (before: number, random: () => number) => number): Shift {
  return {
    what,
    feature,
    apply: (current, random) =>
      change(current, feature, (values) => values.map((before) => value(before, random))),
  };
}

function change(table: Table, name: string, values: (before: Float64Array) => Float64Array): Table {
  const columns = table.columns.map(
    (column): Column =>
      column.name === name && column.kind === 'numeric'
        ? { ...column, values: values(column.values) }
        : column,
  );
  return { ...table, columns };
}

/** Fisher and Yates. */
function shuffled(values: Float64Array, random: () => number): Float64Array {
  const mixed = values.slice();
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [mixed[last], mixed[other]] = [mixed[other] ?? Number.NaN, mixed[last] ?? Number.NaN];
  }
  return mixed;
}
