import { total } from '../value-counts.ts';

/**
 * Rows of one side in a random order, at most so many, each as the index of its distinct value (Fisher and Yates 1938).
 * @param counts how many rows have each distinct value
 * @param random numbers in [0, 1)
 */
export function drawRows(counts: readonly number[], most: number, random: () => number): Uint32Array {
  const rows = new Uint32Array(total(counts));
  let filled = 0;
  for (const [value, count] of counts.entries()) {
    rows.fill(value, filled, filled + count);
    filled += count;
  }
  for (let place = 0; place < Math.min(rows.length, most); place++) {
    const other = place + Math.floor(random() * (rows.length - place));
    const value = rows[place] ?? 0;
    rows[place] = rows[other] ?? 0;
    rows[other] = value;
  }
  return rows.subarray(0, most);
}
