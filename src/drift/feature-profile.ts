import type { Column, NumericColumn } from '../data/table.ts';

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

export function profileColumn(column: Column): FeatureProfile {
  if (column.kind === 'numeric') {
    const sorted = column.values.filter((value) => !Number.isNaN(value)).sort();
    return { kind: 'numeric', type: column.type, rows: column.values.length, sorted };
  }
  const counts = new Array<number>(column.dictionary.length).fill(0);
  let present = 0;
  for (const code of column.codes) {
    if (code < 0) continue;
    counts[code] = (counts[code] ?? 0) + 1;
    present++;
  }
  const seen = column.dictionary
    .map((value, code) => ({ value, count: counts[code] ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => (a.value < b.value ? -1 : 1));
  return {
    kind: 'text',
    type: 'string',
    rows: column.codes.length,
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
