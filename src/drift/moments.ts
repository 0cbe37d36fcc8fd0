/** Of at least one value, as the deviation. */
export function mean(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] ?? 0;
  return sum / values.length;
}

/** Standard deviation with divisor n, in two passes. */
export function populationDeviation(values: Float64Array): number {
  const center = mean(values);
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += ((values[i] ?? 0) - center) ** 2;
  return Math.sqrt(squares / values.length);
}
