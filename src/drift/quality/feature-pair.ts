import type { SchemaField } from '../../data/schema.ts';
import { type Column, findColumn, type Table } from '../../data/table.ts';
import type { Feature } from '../feature-types.ts';
import { presentValues } from '../present-values.ts';

/** Current data beside the reference it is held against. */
export interface DataPair {
  readonly reference: Table;
  readonly current: Table;
  readonly features: readonly Feature[];
}

/** Both sides of one feature that stands in both tables. */
export interface FeaturePair {
  readonly feature: Feature;
  /** What the schema declares of it, where there is a schema. */
  readonly field: SchemaField | undefined;
  readonly reference: Column;
  readonly current: Column;
  /** Rows with and without a value. */
  readonly counts: { readonly reference: Presence; readonly current: Presence };
  /** Present numbers sorted ascending; undefined unless both sides are numbers and neither is empty. */
  readonly numbers: SortedSides | undefined;
}

export interface Presence {
  readonly present: number;
  readonly missing: number;
}

export interface SortedSides {
  readonly reference: Float64Array;
  readonly current: Float64Array;
}

/** The feature's two sides; undefined when a table does not have it. */
export function featurePair(pair: DataPair, feature: Feature, field?: SchemaField): FeaturePair | undefined {
  const reference = findColumn(pair.reference, feature.name);
  const current = findColumn(pair.current, feature.name);
  if (reference === undefined || current === undefined) return undefined;
  const before = presentValues(reference);
  const after = presentValues(current);
  const counts = {
    reference: { present: before.length, missing: pair.reference.rows - before.length },
    current: { present: after.length, missing: pair.current.rows - after.length },
  };
  const numbers =
    before instanceof Float64Array && after instanceof Float64Array && before.length > 0 && after.length > 0
      ? { reference: before.toSorted(), current: after.toSorted() }
      : undefined;
  return { feature, field, reference, current, counts, numbers };
}
