import { findColumn, type Table } from '../../data/index.ts';
import type { DriftFeature, DriftResult } from '../../data/results/drift.ts';
import { findOnset } from '../../drift/index.ts';
import { readFeatureHistory, type Store } from '../../store/index.ts';
import type { ReferenceData } from './reference-data.ts';

const lookbackMs = 60 * 86_400_000;
/** Rows that a beginning is sought among. */
const mostRows = 20_000;

/**
 * The result with the beginning of each feature's drift, from the store's predictions of the sixty days before `until`. Of more than
 * 20,000 predictions so many are looked at, spread over the time. What differs from an earlier window began after it: it has none.
 */
export function addOnsets(
  store: Store,
  drift: DriftResult,
  { table, earlier }: ReferenceData,
  until: number,
): DriftResult {
  const drifted = namesOfDrifted(drift);
  if (drifted.length === 0 || earlier !== undefined) return drift;
  const { times, features } = readFeatureHistory(store, {
    from: until - lookbackMs,
    until,
    features: drifted,
    mostRows,
  });
  return withOnsets(drift, table, features, times);
}

export function namesOfDrifted({ features }: DriftResult): readonly string[] {
  return features.filter((feature) => feature.drifted).map(({ name }) => name);
}

/**
 * The result with the onset of each drifted feature that both tables have, where it can be told.
 * @param current rows in order of time
 * @param times epoch milliseconds, ascending, one a row of `current`
 */
export function withOnsets(
  drift: DriftResult,
  reference: Table,
  current: Table,
  times: Float64Array,
): DriftResult {
  const dated = (feature: DriftFeature): DriftFeature => {
    const before = feature.drifted ? findColumn(reference, feature.name) : undefined;
    const after = findColumn(current, feature.name);
    if (before === undefined || after === undefined) return feature;
    const onset = findOnset({ reference: before, current: after, times });
    return onset === undefined ? feature : { ...feature, onset };
  };
  return { ...drift, features: drift.features.map(dated) };
}
