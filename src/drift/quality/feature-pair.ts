import type { SchemaField } from '../../data/schema.ts';
import { findColumn, type Table } from '../../data/table.ts';
import { type FeatureProfile, presentRows, profileColumn } from '../feature-profile.ts';
import type { Feature } from '../feature-types.ts';

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
  readonly reference: FeatureProfile;
  readonly current: FeatureProfile;
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
  return pairProfiles(feature, profileColumn(reference), profileColumn(current), field);
}

export function pairProfiles(
  feature: Feature,
  reference: FeatureProfile,
  current: FeatureProfile,
  field: SchemaField | undefined,
): FeaturePair {
  const numbers =
    reference.kind === 'numeric' &&
    current.kind === 'numeric' &&
    reference.sorted.length > 0 &&
    current.sorted.length > 0
      ? { reference: reference.sorted, current: current.sorted }
      : undefined;
  return {
    feature,
    field,
    reference,
    current,
    counts: { reference: presence(reference), current: presence(current) },
    numbers,
  };
}

function presence(profile: FeatureProfile): Presence {
  const present = presentRows(profile);
  return { present, missing: profile.rows - present };
}
