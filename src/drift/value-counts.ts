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
  if (reference.kind === 'numeric' && current.kind === 'numeric')
    return countSorted(reference.sorted, current.sorted);
  const before = new Map(distinctTexts(reference));
  const after = new Map(distinctTexts(current));
  const values = [...new Set([...before.keys(), ...after.keys()])].sort((a, b) => (a < b ? -1 : 1));
  return {
    values,
    reference: values.map((value) => before.get(value) ?? 0),
    current: values.map((value) => after.get(value) ?? 0),
  };
}

function distinctTexts(profile: FeatureProfile): (readonly [string, number])[] {
  if (profile.kind === 'text') return profile.values.map((value, index) => [value, countAt(profile, index)]);
  const { values, reference } = countSorted(profile.sorted, new Float64Array());
  return values.map((value, index) => [String(value), reference[index] ?? 0]);
}

function countAt(profile: TextProfile, index: number): number {
  return profile.counts[index] ?? 0;
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
