import { sortNumbers } from '../data/sort-numbers.ts';
import type { Column, NumericColumn, TextColumn } from '../data/table.ts';

/** One side of one feature, all that a test or a finding is computed from; the order of its rows is gone. */
export type FeatureProfile = NumericProfile | TextProfile;

export interface NumericProfile {
  readonly kind: 'numeric';
  /** Booleans are 0 and 1, times epoch milliseconds. */
  readonly type: NumericColumn['type'];
  /** With the missing ones. */
  readonly rows: number;
  /** Ascending, without missing values. */
  readonly sorted: Float64Array;
}

export interface TextProfile {
  readonly kind: 'text';
  readonly type: 'string';
  /** With the missing ones. */
  readonly rows: number;
  readonly present: number;
  /** Distinct values, ascending by code unit. */
  readonly values: readonly string[];
  /** How often each occurs. */
  readonly counts: readonly number[];
}

/** Drift, findings and quality each ask for it: sorting once is enough. Goes with its column. */
const profiles = new WeakMap<Column, FeatureProfile>();

/** Computed at first and kept while the column is. */
export function profileColumn(column: Column): FeatureProfile {
  const known = profiles.get(column);
  if (known !== undefined) return known;
  const profile = column.kind === 'numeric' ? profileNumbers(column) : profileTexts(column);
  profiles.set(column, profile);
  return profile;
}

/** Frees the memory of a profile whose column is still needed. */
export function forgetProfile(column: Column): void {
  profiles.delete(column);
}

/** The sorted values of its profile. */
export function sortedOf(column: NumericColumn): Float64Array {
  const profile = profileColumn(column);
  return profile.kind === 'numeric' ? profile.sorted : new Float64Array();
}

/** Spares the sorting of values that were kept sorted: ascending, without the missing ones. */
export function rememberSorted(column: NumericColumn, sorted: Float64Array): void {
  const { type, values } = column;
  profiles.set(column, { kind: 'numeric', type, rows: values.length, sorted });
}

/** Profiles of the rows cut in their order into `count` parts of one size; rows left over make one more. */
export function profileChunks(column: Column, count: number): readonly FeatureProfile[] {
  const rows = column.kind === 'numeric' ? column.values.length : column.codes.length;
  const size = Math.max(1, Math.floor(rows / count));
  return Array.from({ length: Math.ceil(rows / size) }, (_, chunk) => {
    const [from, until] = [chunk * size, (chunk + 1) * size];
    return column.kind === 'numeric'
      ? profileNumbers({ ...column, values: column.values.subarray(from, until) })
      : profileTexts({ ...column, codes: column.codes.subarray(from, until) });
  });
}

function profileNumbers({ type, values }: NumericColumn): NumericProfile {
  return { kind: 'numeric', type, rows: values.length, sorted: sortNumbers(values) };
}

function profileTexts({ codes, dictionary }: TextColumn): TextProfile {
  const counts = new Array<number>(dictionary.length).fill(0);
  let present = 0;
  for (const code of codes) {
    if (code < 0) continue;
    counts[code] = (counts[code] ?? 0) + 1;
    present++;
  }
  const seen = dictionary
    .map((value, code) => ({ value, count: counts[code] ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => (a.value < b.value ? -1 : 1));
  return {
    kind: 'text',
    type: 'string',
    rows: codes.length,
    present,
    values: seen.map(({ value }) => value),
    counts: seen.map(({ count }) => count),
  };
}

/** Rows that have a value. */
export function presentRows(profile: FeatureProfile): number {
  return profile.kind === 'numeric' ? profile.sorted.length : profile.present;
}

/** Share of rows without a value, 0..1; 0 without rows. */
export function missingShare(profile: FeatureProfile): number {
  return profile.rows === 0 ? 0 : 1 - presentRows(profile) / profile.rows;
}
