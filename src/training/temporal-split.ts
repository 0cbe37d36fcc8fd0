/**
 * Row indices of the earlier rows and of the later rest, each in order of time; file order where there are no times.
 * @param times epoch milliseconds, one a row, or undefined
 * @param earlier how many rows come first
 */
export function temporalSplit(times: Float64Array | undefined, rows: number, earlier: number) {
  const order = Uint32Array.from({ length: rows }, (_, row) => row);
  if (times !== undefined) order.sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);
  return { train: order.slice(0, earlier), validation: order.slice(earlier) };
}
