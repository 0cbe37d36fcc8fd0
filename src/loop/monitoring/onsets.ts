import { findColumn, type Table } from '../../data/index.ts';
import type { DriftResult } from '../../data/results/drift.ts';
import { findOnset } from '../../drift/index.ts';
import { readFeatureHistory, type Store } from '../../store/index.ts';

const lookbackMs = 60 * 86_400_000;
/** Rows that a beginning is sought among. */
const mostRows = 20_000;

/**
 * The result with the beginning of each feature's drift, from the store's predictions of the sixty days before `until`. Of more than
 * 20,000 predictions so many are looked at, spread over the time.
 */
export function addOnsets(store: Store, drift: DriftResult, reference: Table, until: number): DriftResult {
  const drifted = drift.features.filter((feature) => feature.drifted).map(({ name }) => name);
  if (drifted.length === 0) return drift;
  const { times, features } = readFeatureHistory(store, {
    from: until - lookbackMs,
    until,
    features: drifted,
    mostRows,
  });
  return {
    ...drift,
    features: drift.features.map((feature) => {
      const before = feature.drifted ? findColumn(reference, feature.name) : undefined;
      const current = findColumn(features, feature.name);
      if (before === undefined || current === undefined) return feature;
      const onset = findOnset({ reference: before, current, times });
      return onset === undefined ? feature : { ...feature, onset };
    }),
  };
}
