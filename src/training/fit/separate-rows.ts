/**
 * Moves the rows that go left to the front, in the order they were in.
 * @param goesLeft by bin: 1 goes left
 * @param others takes the rest, in order; as long as `rows`
 * @returns how many go left
 */
export function separateRows(
  rows: Uint32Array,
  bins: Uint8Array,
  goesLeft: Uint8Array,
  others: Uint32Array,
): number {
  let left = 0;
  let right = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? 0;
    const side = goesLeft[bins[row] ?? 0] ?? 0;
    rows[left] = row;
    others[right] = row;
    left += side;
    right += 1 - side;
  }
  return left;
}
