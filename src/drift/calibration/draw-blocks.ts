/**
 * Numbers of `count` rows drawn with replacement out of `rows`, in runs of `block` neighbours: the moving-blocks bootstrap
 * (Künsch 1989), which of runs of one row is the ordinary one. Neighbouring rows that are alike stay together.
 */
export function drawBlocks(rows: number, count: number, block: number, random: () => number): Uint32Array {
  const drawn = new Uint32Array(count);
  const length = Math.min(block, count, rows);
  for (let place = 0; place < count; ) {
    const start = Math.floor(random() * (rows - length + 1));
    const end = Math.min(count, place + length);
    for (let row = start; place < end; row++) drawn[place++] = row;
  }
  return drawn;
}
