import { quantile } from '../../data/sorted-numbers.ts';
import { type Column, requireColumn, type Table, textAt } from '../../data/table.ts';
import type { Feature } from '../feature-types.ts';
import { number } from '../in-words.ts';

/** Rows of both sides that are alike in one feature. */
export interface Segment {
  readonly feature: string;
  /** What it holds, such as `18 to 33` or `north`. */
  readonly name: string;
  readonly reference: Uint32Array;
  readonly current: Uint32Array;
}

const bins = 5;
/** A number of so few values, such as a count, is cut at each of them. */
const fewValues = 6;
const mostCategories = 20;
const missing = 'missing';

/**
 * The segments of each numerical feature, by quintiles of the reference, or by value where it has at most six; of each
 * category, the twenty most frequent in the reference; and of the rows that lack the value.
 * @param reference rows in which the segments are looked for
 */
export function segments(reference: Table, current: Table, features: readonly Feature[]): readonly Segment[] {
  return features
    .filter(({ type }) => type === 'numerical' || type === 'categorical')
    .flatMap((feature) =>
      segmentsOf(feature, requireColumn(reference, feature.name), requireColumn(current, feature.name)),
    );
}

function segmentsOf({ name, type }: Feature, reference: Column, current: Column): readonly Segment[] {
  const nameOf = type === 'numerical' && reference.kind === 'numeric' ? binNames(reference.values) : String;
  const before = rowsBySegment(reference, nameOf);
  const after = rowsBySegment(current, nameOf);
  return [...before]
    .sort(([, a], [, b]) => b.length - a.length)
    .slice(0, mostCategories)
    .map(([segment, rows]) => ({
      feature: name,
      name: segment,
      reference: Uint32Array.from(rows),
      current: Uint32Array.from(after.get(segment) ?? []),
    }));
}

type NameOf = (value: number) => string;

function rowsBySegment(column: Column, nameOf: NameOf): ReadonlyMap<string, readonly number[]> {
  const segmentOf = (row: number) => {
    if (column.kind === 'text') return textAt(column, row) ?? missing;
    const value = column.values[row] ?? Number.NaN;
    return Number.isNaN(value) ? missing : nameOf(value);
  };
  const rows = column.kind === 'text' ? column.codes.length : column.values.length;
  const grouped = new Map<string, number[]>();
  for (let row = 0; row < rows; row++) {
    const segment = segmentOf(row);
    const members = grouped.get(segment);
    if (members === undefined) grouped.set(segment, [row]);
    else members.push(row);
  }
  return grouped;
}

function binNames(values: Float64Array): NameOf {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const distinct = new Set<number>();
  for (const value of sorted) if (distinct.add(value).size > fewValues) break;
  if (distinct.size <= fewValues) return number;
  const edges = Array.from({ length: bins - 1 }, (_, index) => quantile(sorted, (index + 1) / bins));
  const cuts = [...new Set(edges)];
  const names = [
    `up to ${number(cuts[0] ?? 0)}`,
    ...cuts.slice(1).map((cut, index) => `${number(cuts[index] ?? 0)} to ${number(cut)}`),
    `above ${number(cuts.at(-1) ?? 0)}`,
  ];
  return (value) => {
    const bin = cuts.findIndex((cut) => value <= cut);
    return names[bin < 0 ? cuts.length : bin] ?? '';
  };
}
