import type { Column } from '../data/table.ts';
import type { Values } from './value-counts.ts';

/** A column's values without the missing ones, in row order. */
export function presentValues(column: Column): Values {
  if (column.kind === 'numeric') return column.values.filter((value) => !Number.isNaN(value));
  const present: string[] = [];
  for (const code of column.codes) {
    const text = column.dictionary[code];
    if (text !== undefined) present.push(text);
  }
  return present;
}
