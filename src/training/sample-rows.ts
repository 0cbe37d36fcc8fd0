/** A share of the first rows, drawn without replacement (at least one), and those left over; each in order. */
export function sampleRows(rows: number, share: number, random: () => number) {
  const wanted = share >= 1 ? rows : Math.max(1, Math.round(rows * share));
  const taken = new Uint32Array(wanted);
  const left = new Uint32Array(rows - wanted);
  let drawn = 0;
  // Selection sampling: Knuth, The Art of Computer Programming, volume 2, algorithm S.
  for (let row = 0; row < rows; row++) {
    if (wanted === rows || (rows - row) * random() < wanted - drawn) taken[drawn++] = row;
    else left[row - drawn] = row;
  }
  return { taken, left };
}
