import { takeRows } from '../../data/index.ts';
import type { LearningRows } from './learn.ts';
import { rowKeys } from './row-keys.ts';

/**
 * The older rows without those that stand among the newer ones too, with the same features and outcome, as where a file was exported
 * from the store: a model would learn from them and be measured on them. Only rows that are there once on each side
 * are taken for the same; where features have few values, rows agree by chance.
 */
export function withoutKnownRows(older: LearningRows, newer: LearningRows): LearningRows {
  const features = newer.features.columns.map(({ name }) => name);
  const keysOf = ({ features: table, target }: LearningRows) => {
    const keyOf = rowKeys(table, features);
    return Array.from(target, (outcome, row) => `${keyOf(row)},${outcome}`);
  };
  const known = occurrences(keysOf(newer));
  const keys = keysOf(older);
  const among = occurrences(keys);
  const kept = Uint32Array.from(keys.keys()).filter((row) => {
    const key = keys[row] ?? '';
    return among.get(key) !== 1 || known.get(key) !== 1;
  });
  if (kept.length === keys.length) return older;
  return {
    ...older,
    features: takeRows(older.features, kept),
    target: Float64Array.from(kept, (row) => older.target[row] ?? Number.NaN),
    notes: [`${keys.length - kept.length} older rows that are among the predictions too were left out`],
  };
}

function occurrences(keys: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
