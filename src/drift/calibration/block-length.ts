/** So many correlations in a row have to be negligible for the rest to count as such. */
const negligibleLags = 5;

/**
 * How many neighbouring rows to draw together so that the spread of a mean comes out right: the automatic choice of Politis
 * and White (2004) with the correction of Patton, Politis and White (2009), which grows with the cube root of the rows and
 * with how far their likeness reaches. About 1 of independent rows; at most 3 sqrt(n), or a third of the rows.
 * @param series in order of time
 */
export function blockLength(series: ArrayLike<number>): number {
  const rows = series.length;
  const covariance = autocovariance(series);
  const variance = covariance(0);
  if (variance === 0) return 1;
  const reach = 2 * lastCorrelated(covariance, rows);
  let spectrum = variance;
  let slope = 0;
  for (let lag = 1; lag <= reach; lag++) {
    const part = 2 * flatTop(lag / reach) * covariance(lag);
    spectrum += part;
    slope += part * lag;
  }
  const longest = Math.ceil(Math.min(3 * Math.sqrt(rows), rows / 3));
  const length = Math.cbrt((2 * slope ** 2 * rows) / ((4 / 3) * spectrum ** 2));
  return Math.min(longest, Math.max(1, Math.round(length)));
}

/** The lag, from 1, after which `negligibleLags` correlations in a row are no larger than those of independent rows. */
function lastCorrelated(covariance: (lag: number) => number, rows: number): number {
  const bound = 2 * Math.sqrt(Math.log10(rows) / rows) * covariance(0);
  const furthest = Math.min(rows - 1, Math.ceil(Math.sqrt(rows)) + negligibleLags);
  let last = 0;
  for (let lag = 1; lag <= furthest && lag - last <= negligibleLags; lag++)
    if (Math.abs(covariance(lag)) > bound) last = lag;
  return Math.max(1, last);
}

function autocovariance(series: ArrayLike<number>): (lag: number) => number {
  const rows = series.length;
  const centred = new Float64Array(rows);
  let sum = 0;
  for (let row = 0; row < rows; row++) sum += series[row] ?? 0;
  for (let row = 0; row < rows; row++) centred[row] = (series[row] ?? 0) - sum / rows;
  const known: number[] = [];
  return (lag) => {
    known[lag] ??= productSum(centred, lag) / rows;
    return known[lag];
  };
}

function productSum(values: Float64Array, lag: number): number {
  let sum = 0;
  for (let row = lag; row < values.length; row++) sum += (values[row] ?? 0) * (values[row - lag] ?? 0);
  return sum;
}

/** The lag window of Politis and Romano (1995): 1 up to a half, then falling to 0 at 1. */
function flatTop(part: number): number {
  return Math.min(1, 2 * (1 - part));
}
