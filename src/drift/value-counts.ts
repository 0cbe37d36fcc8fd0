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

/** Counts of numbers sorted ascending: one pass, however many of them are distinct. */
export function countSorted(reference: Float64Array, current: Float64Array): ValueCounts {
  const all = [...runs(reference, current)];
  return {
    values: all.map((run) => run.value),
    reference: all.map((run) => run.reference),
    current: all.map((run) => run.current),
  };
}

/** Number of distinct values of both, sorted ascending, taken together. */
export function countDistinct(reference: Float64Array, current: Float64Array): number {
  let distinct = 0;
  for (let i = 0, j = 0; i < reference.length || j < current.length; distinct++) {
    const value = Math.min(reference[i] ?? Number.POSITIVE_INFINITY, current[j] ?? Number.POSITIVE_INFINITY);
    while (reference[i] === value) i++;
    while (current[j] === value) j++;
  }
  return distinct;
}

function* runs(reference: Float64Array, current: Float64Array) {
  for (let i = 0, j = 0; i < reference.length || j < current.length; ) {
    const value = Math.min(reference[i] ?? Number.POSITIVE_INFINITY, current[j] ?? Number.POSITIVE_INFINITY);
    const from = { reference: i, current: j };
    while (reference[i] === value) i++;
    while (current[j] === value) j++;
    yield { value, reference: i - from.reference, current: j - from.current };
  }
}

export function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
