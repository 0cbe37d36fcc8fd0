/**
 * Moves the rows that go left before the others, both in the order they were in.
 * @param goesLeft by bin: 1 goes left
 * @param scratch room for as many rows
 * @returns the part of `rows` that goes left
 */
export function partition(
  rows: Uint32Array,
  bins: Uint8Array,
  goesLeft: Uint8Array,
  scratch: Uint32Array,
): Uint32Array {
  let left = 0;
  let right = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? 0;
    const side = goesLeft[bins[row] ?? 0] ?? 0;
    rows[left] = row;
    scratch[right] = row;
    left += side;
    right += 1 - side;
  }
  rows.set(scratch.subarray(0, right), left);
  return rows.subarray(0, left);
}
