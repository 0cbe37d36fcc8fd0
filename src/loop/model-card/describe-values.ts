import type { CardFeature } from '../../data/results/model-card.ts';

/** @param values one a row, NaN is missing; at least one */
export function describeValues(values: Float64Array): NonNullable<CardFeature['values']> {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const at = (place: number) => sorted[place] ?? null;
  return {
    missing: 1 - sorted.length / values.length,
    distinct: new Set(sorted).size,
    minimum: at(0),
    median: at(Math.floor((sorted.length - 1) / 2)),
    maximum: at(sorted.length - 1),
  };
}
