/** How often each distinct value occurs in the reference and in the current data; every value occurs in one of them. */
export interface ValueCounts {
  readonly values: readonly (number | string)[];
  readonly reference: readonly number[];
  readonly current: readonly number[];
}

/** Numbers, or texts, without missing ones. */
export type Values = Float64Array | readonly string[];

/** Values in ascending order: numbers by size, texts by code point. */
export function valueCounts(reference: Values, current: Values): ValueCounts {
  if (reference instanceof Float64Array && current instanceof Float64Array)
    return countSorted(reference.toSorted(), current.toSorted());
  const inReference = countEach(reference);
  const inCurrent = countEach(current);
  const values = [...new Set([...inReference.keys(), ...inCurrent.keys()])].sort(ascending);
  return {
    values,
    reference: values.map((value) => inReference.get(value) ?? 0),
    current: values.map((value) => inCurrent.get(value) ?? 0),
  };
}

/** The same of numbers sorted ascending: one pass, however many of them are distinct. */
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

function countEach(values: Iterable<number | string>): Map<number | string, number> {
  const counts = new Map<number | string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function ascending(a: number | string, b: number | string): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a) < String(b) ? -1 : 1;
}

export function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
