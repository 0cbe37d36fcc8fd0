/**
 * Row indices of the earlier rows and of the later rest, each in order of time; file order where there are no times.
 * @param times epoch milliseconds, one a row, or undefined
 * @param earlier how many rows come first
 */
export function temporalSplit(times: Float64Array | undefined, rows: number, earlier: number) {
  const order = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) order[row] = row;
  if (times !== undefined && !isAscending(times))
    order.sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);
  return { train: order.subarray(0, earlier), validation: order.subarray(earlier) };
}

function isAscending(times: Float64Array): boolean {
  return times.every((time, row) => row === 0 || (times[row - 1] ?? 0) <= time);
}
