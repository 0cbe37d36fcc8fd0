import type { DriftFeature } from '../data/results/drift.ts';
import { type Column, requireColumn, type Table } from '../data/table.ts';
import type { Segment } from './question.ts';

export interface SegmentFeature {
  readonly name: string;
  readonly type: DriftFeature['type'];
}

/** How the rows are cut. */
export interface SegmentPlan {
  /** Parts of equal size that a numerical feature is cut into, */
  readonly bins: number;
  /** and for single ones, by name. */
  readonly binsOf: Readonly<Record<string, number>>;
}

const quarters: SegmentPlan = { bins: 4, binsOf: {} };

/** Values of a categorical feature that get a segment of their own, the most frequent first; the rest share one. */
const mostValues = 20;

/**
 * Of a categorical feature a segment for each value, of a numerical one for each part of its rows, by default their quarters, and of both
 * for the missing values. Rows with equal values stay together, so that fewer parts can be left. Free text and times have none.
 * At most 22 of a categorical feature, in the order of the features and of their values.
 * @throws DataError when the table has no such column
 */
export function segmentsOf(
  table: Table,
  features: readonly SegmentFeature[],
  { bins, binsOf }: SegmentPlan = quarters,
): readonly Segment[] {
  return features
    .filter(({ type }) => type === 'numerical' || type === 'categorical')
    .flatMap(({ name, type }) => {
      const column = requireColumn(table, name);
      return column.kind === 'numeric' && type === 'numerical'
        ? quantileParts(name, column.values, new Map(Object.entries(binsOf)).get(name) ?? bins)
        : valuesOf(name, column);
    });
}

function quantileParts(name: string, values: Float64Array, parts: number): readonly Segment[] {
  const sorted = values.filter((value) => !Number.isNaN(value)).toSorted();
  const bounds = Array.from({ length: parts }, (_, part) => (part + 1) / parts)
    .map((share) => sorted[Math.ceil(sorted.length * share) - 1])
    .filter((bound, index, all) => bound !== undefined && bound !== all[index - 1]);
  const low = new Float64Array(bounds.length).fill(Number.POSITIVE_INFINITY);
  const codes = new Int32Array(values.length).fill(-1);
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    let code = 0;
    while (value > (bounds[code] ?? value)) code++;
    codes[row] = code;
    low[code] = Math.min(low[code] ?? value, value);
  }
  const names = bounds.map((bound, index) => `${name} ${range(low[index] ?? 0, bound ?? 0)}`);
  return grouped(codes, names, `${name} missing`);
}

function range(low: number, high: number): string {
  return low === high ? shortened(low) : `${shortened(low)} to ${shortened(high)}`;
}

function shortened(value: number): string {
  return String(Number(value.toPrecision(6)));
}

function valuesOf(name: string, column: Column): readonly Segment[] {
  const texts = new Map<number, string>();
  const counts = new Map<number, number>();
  const keys = keysOf(column);
  for (const key of keys) {
    if (Number.isNaN(key)) continue;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    if (!texts.has(key)) texts.set(key, textOf(column, key));
  }
  const ascending = [...texts.keys()].toSorted((a, b) =>
    column.kind === 'text' ? byCodePoint(texts.get(a) ?? '', texts.get(b) ?? '') : a - b,
  );
  const frequent = new Set(
    ascending.toSorted((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0)).slice(0, mostValues),
  );
  const own = ascending.filter((key) => frequent.has(key));
  const codeOf = new Map(own.map((key, code) => [key, code]));
  const codes = Int32Array.from(
    keys.map((key) => (Number.isNaN(key) ? -1 : (codeOf.get(key) ?? own.length))),
  );
  const names = own.map((key) => `${name} ${texts.get(key)}`);
  if (ascending.length > own.length) names.push(`${name}: ${ascending.length - own.length} other values`);
  return grouped(codes, names, `${name} missing`);
}

/** What tells values apart: the number, or the place in the dictionary; NaN is missing. */
function keysOf(column: Column): Float64Array {
  if (column.kind === 'numeric') return column.values;
  return Float64Array.from(column.codes).map((code) => (code < 0 ? Number.NaN : code));
}

function textOf(column: Column, key: number): string {
  if (column.kind === 'text') return column.dictionary[key] ?? '';
  return column.type === 'boolean' ? String(key === 1) : String(key);
}

export function byCodePoint(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** One segment a name, with the rows of its code; the rows of code -1 in one of their own, if there are any. */
function grouped(codes: Int32Array, names: readonly string[], missing: string): readonly Segment[] {
  const at = (code: number) => (code < 0 ? names.length : code);
  const sizes = new Uint32Array(names.length + 1);
  for (const code of codes) sizes[at(code)] = (sizes[at(code)] ?? 0) + 1;
  const segments = [...names, missing].map((name, code) => ({
    name,
    rows: new Uint32Array(sizes[code] ?? 0),
  }));
  const filled = new Uint32Array(names.length + 1);
  for (let row = 0; row < codes.length; row++) {
    const code = at(codes[row] ?? -1);
    const next = filled[code] ?? 0;
    const rows = segments[code]?.rows;
    if (rows !== undefined) rows[next] = row;
    filled[code] = next + 1;
  }
  return segments.filter((segment) => segment.rows.length > 0);
}
