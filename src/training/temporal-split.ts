/**
 * Row indices of the earlier share and of the later rest, each in order of time; file order where there are no times.
 * @param times epoch milliseconds, one a row, or undefined
 * @param share of the rows that come first, 0..1
 */
export function temporalSplit(times: Float64Array | undefined, rows: number, share: number) {
  const order = Uint32Array.from({ length: rows }, (_, row) => row);
  if (times !== undefined) order.sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);
  const earlier = Math.floor(rows * share);
  return { train: order.slice(0, earlier), validation: order.slice(earlier) };
}
