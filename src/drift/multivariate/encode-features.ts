import { type Column, type NumericColumn, requireColumn, type Table } from '../../data/table.ts';
import type { Feature } from '../feature-types.ts';

/** One feature of both sides as numbers, one a row; NaN is missing. */
export interface EncodedFeature {
  readonly name: string;
  readonly reference: Float64Array;
  readonly current: Float64Array;
  /**
   * Of categories, which are numbered from 0, the reference's most frequent first: rows of the reference that have each;
   * undefined for numbers, which stand as they are.
   */
  readonly categoryRows?: readonly number[];
}

/** @param features numerical and categorical ones @throws DataError when a side lacks one */
export function encodeFeatures(
  reference: Table,
  current: Table,
  features: readonly Feature[],
): readonly EncodedFeature[] {
  return features.map(({ name, type }) => {
    const before = requireColumn(reference, name);
    const after = requireColumn(current, name);
    return type === 'numerical' && before.kind === 'numeric' && after.kind === 'numeric'
      ? { name, reference: before.values, current: after.values }
      : encodeCategories(name, before, after);
  });
}

function encodeCategories(name: string, reference: Column, current: Column): EncodedFeature {
  const rowsOf = new Map<string, { reference: number; current: number }>();
  for (const side of ['reference', 'current'] as const) {
    for (const category of categories(side === 'reference' ? reference : current)) {
      if (category === undefined) continue;
      const rows = rowsOf.get(category) ?? { reference: 0, current: 0 };
      rows[side]++;
      rowsOf.set(category, rows);
    }
  }
  const ranked = [...rowsOf].sort(([a, x], [b, y]) => y.reference - x.reference || (a < b ? -1 : 1));
  const numbers = new Map(ranked.map(([category], index) => [category, index]));
  const encoded = (column: Column) =>
    Float64Array.from(categories(column), (category) =>
      category === undefined ? Number.NaN : (numbers.get(category) ?? Number.NaN),
    );
  return {
    name,
    reference: encoded(reference),
    current: encoded(current),
    categoryRows: ranked.map(([, rows]) => rows.reference),
  };
}

/** One entry a row; undefined is missing. */
function* categories(column: Column): Generator<string | undefined> {
  if (column.kind === 'text') {
    for (const code of column.codes) yield code < 0 ? undefined : column.dictionary[code];
    return;
  }
  for (const value of column.values) yield Number.isNaN(value) ? undefined : String(value);
}

/** One side of the features, as columns of numbers. */
export function columnsOf(
  features: readonly EncodedFeature[],
  side: 'reference' | 'current',
): readonly NumericColumn[] {
  return features.map((feature) => ({
    kind: 'numeric',
    name: feature.name,
    type: 'number',
    values: feature[side],
  }));
}
