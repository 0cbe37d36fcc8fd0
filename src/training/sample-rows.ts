import { sizeOfShare } from './random.ts';

/**
 * Fills `rows` with the numbers from 0 up to its length: first a share of them, drawn without replacement (at least one), then
 * those left over, each in order.
 * @returns how many were drawn
 */
export function sampleRows(rows: Uint32Array, share: number, random: () => number): number {
  const wanted = sizeOfShare(rows.length, share);
  if (wanted === rows.length) {
    for (let row = 0; row < rows.length; row++) rows[row] = row;
    return wanted;
  }
  let drawn = 0;
  let left = wanted;
  // Selection sampling: Knuth, The Art of Computer Programming, volume 2, algorithm S.
  for (let row = 0; row < rows.length; row++) {
    if ((rows.length - row) * random() < wanted - drawn) rows[drawn++] = row;
    else rows[left++] = row;
  }
  return wanted;
}
