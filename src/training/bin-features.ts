import { type BinnedFeature, mostBins } from './binned-feature.ts';
import { binCategories } from './category-bins.ts';
import { binNumbers } from './numeric-bins.ts';
import type { TrainingParameters } from './parameters.ts';

export function binFeatures(
  names: readonly string[],
  columns: readonly Float64Array[],
  { categories, maxBins, maxBinsOf }: Pick<TrainingParameters, 'categories' | 'maxBins' | 'maxBinsOf'>,
): readonly BinnedFeature[] {
  const isCategory = new Set(categories);
  return names.map((name, place) => {
    const values = columns[place] ?? new Float64Array();
    const bins = Math.min(maxBinsOf[name] ?? maxBins, mostBins);
    return isCategory.has(name) ? binCategories(name, values, bins) : binNumbers(name, values, bins);
  });
}
