/** How often each distinct value occurs in the reference and in the current data; every value occurs in one of them. */
export interface ValueCounts {
  readonly values: readonly (number | string)[];
  readonly reference: readonly number[];
  readonly current: readonly number[];
}

/** Values in ascending order: numbers by size, texts by code point. */
export function valueCounts(
  reference: Iterable<number | string>,
  current: Iterable<number | string>,
): ValueCounts {
  const inReference = countEach(reference);
  const inCurrent = countEach(current);
  const values = [...new Set([...inReference.keys(), ...inCurrent.keys()])].sort(ascending);
  return {
    values,
    reference: values.map((value) => inReference.get(value) ?? 0),
    current: values.map((value) => inCurrent.get(value) ?? 0),
  };
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
