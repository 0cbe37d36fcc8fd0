import type { FeatureProfile, TextProfile } from './feature-profile.ts';

/** How often each distinct value occurs in the reference and in the current data; every value occurs in one of them. */
export interface ValueCounts {
  /** Ascending: numbers by size, texts by code unit. */
  readonly values: readonly (number | string)[];
  readonly reference: readonly number[];
  readonly current: readonly number[];
}

/** Counts of both sides; of two kinds, all as text. */
export function valueCounts(reference: FeatureProfile, current: FeatureProfile): ValueCounts {
  return reference.kind === 'numeric' && current.kind === 'numeric'
    ? countSorted(reference.sorted, current.sorted)
    : mergeTexts(countedTexts(reference), countedTexts(current));
}

/** Distinct values, ascending by code unit, and how often each occurs. */
type CountedTexts = Pick<TextProfile, 'values' | 'counts'>;

function countedTexts(profile: FeatureProfile): CountedTexts {
  if (profile.kind === 'text') return profile;
  const { values, reference } = countSorted(profile.sorted, new Float64Array());
  const ordered = values
    .map((value, index) => ({ text: String(value), count: reference[index] ?? 0 }))
    .sort((a, b) => (a.text < b.text ? -1 : 1));
  return { values: ordered.map(({ text }) => text), counts: ordered.map(({ count }) => count) };
}

function mergeTexts(before: CountedTexts, after: CountedTexts): ValueCounts {
  const values: string[] = [];
  const reference: number[] = [];
  const current: number[] = [];
  for (let i = 0, j = 0; i < before.values.length || j < after.values.length; ) {
    const first = before.values[i];
    const second = after.values[j];
    const inFirst = first !== undefined && (second === undefined || first <= second);
    const inSecond = second !== undefined && (first === undefined || second <= first);
    values.push((inFirst ? first : second) ?? '');
    reference.push(inFirst ? (before.counts[i++] ?? 0) : 0);
    current.push(inSecond ? (after.counts[j++] ?? 0) : 0);
  }
  return { values, reference, current };
}

/** How often each distinct number occurs on the two sides; every number occurs on one of them. */
export interface NumberTallies {
  /** Ascending. */
  readonly values: Float64Array;
  readonly reference: Uint32Array;
  readonly current: Uint32Array;
}

/** Of numbers sorted ascending: one pass, however many of them are distinct. */
export function tallyNumbers(reference: Float64Array, current: Float64Array): NumberTallies {
  const distinct = countDistinct(reference, current);
  const values = new Float64Array(distinct);
  const before = new Uint32Array(distinct);
  const after = new Uint32Array(distinct);
  let i = 0;
  let j = 0;
  for (let index = 0; index < distinct; index++) {
    const value = Math.min(valueAt(reference, i), valueAt(current, j));
    const from = { reference: i, current: j };
    while (i < reference.length && reference[i] === value) i++;
    while (j < current.length && current[j] === value) j++;
    values[index] = value;
    before[index] = i - from.reference;
    after[index] = j - from.current;
  }
  return { values, reference: before, current: after };
}

/** Counts of numbers sorted ascending. */
export function countSorted(reference: Float64Array, current: Float64Array): ValueCounts {
  const tallies = tallyNumbers(reference, current);
  return {
    values: [...tallies.values],
    reference: [...tallies.reference],
    current: [...tallies.current],
  };
}

/** Number of distinct values of both, sorted ascending, taken together. */
export function countDistinct(reference: Float64Array, current: Float64Array): number {
  let distinct = 0;
  for (let i = 0, j = 0; i < reference.length || j < current.length; distinct++) {
    const value = Math.min(valueAt(reference, i), valueAt(current, j));
    while (i < reference.length && reference[i] === value) i++;
    while (j < current.length && current[j] === value) j++;
  }
  return distinct;
}

/** Infinity past the end. Asked for by its bounds, because reading past the end of a typed array takes many times longer. */
export function valueAt(sorted: Float64Array, index: number): number {
  return index < sorted.length ? (sorted[index] ?? Number.NaN) : Number.POSITIVE_INFINITY;
}

export function total(counts: Iterable<number>): number {
  let sum = 0;
  for (const count of counts) sum += count;
  return sum;
}
