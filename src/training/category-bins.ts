import { type CategoryFeature, mostCategories } from './binned-feature.ts';
import { sharedBytes } from './fit/shared-arrays.ts';

/**
 * Bins a feature whose numbers are names: one bin for each of the most frequent values, one for all rarer ones, one for
 * missing values. Values are compared as float32, as ONNX Runtime does.
 * @param maxBins of values, at most 254
 */
export function binCategories(name: string, values: Float64Array, maxBins: number): CategoryFeature {
  const counts = new Map<number, number>();
  for (const each of values) {
    const value = Math.fround(each);
    if (!Number.isNaN(value)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const frequent = [...counts]
    .sort(([a, many], [b, more]) => more - many || a - b)
    .slice(0, Math.min(maxBins, mostCategories));
  const places = new Map(frequent.map(([value], place) => [value, place]));
  const rare = frequent.length;
  const missing = rare + 1;
  const bins = sharedBytes(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = Math.fround(values[row] ?? Number.NaN);
    bins[row] = Number.isNaN(value) ? missing : (places.get(value) ?? rare);
  }
  return {
    kind: 'categories',
    name,
    bins,
    size: missing + 1,
    values: Float32Array.from(frequent, ([value]) => value),
  };
}
