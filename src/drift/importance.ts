import type { DriftFeature } from '../data/results/drift.ts';
import { percentage } from './in-words.ts';

/** How much the model's decision rests on each feature, by name, in any unit from 0 up; one that is not named has none. */
export type Importance = ReadonlyMap<string, number>;

const mostNamed = 3;

/** The features with their part of the importance of all, 0..1; as they are where none of them has any. */
export function weighFeatures(
  features: readonly DriftFeature[],
  importance: Importance,
): readonly DriftFeature[] {
  const of = (feature: DriftFeature) => importance.get(feature.name) ?? 0;
  const all = features.reduce((sum, feature) => sum + of(feature), 0);
  if (all === 0) return features;
  return features.map((feature) => ({ ...feature, importance: of(feature) / all }));
}

/** Importance of the drifted features together, 0..1; undefined where none is known. */
export function driftedImportance(features: readonly DriftFeature[]): number | undefined {
  if (features.every(({ importance }) => importance === undefined)) return undefined;
  return features.reduce((sum, { drifted, importance = 0 }) => sum + (drifted ? importance : 0), 0);
}

/** "5 of 10 features drifted; the model depends on age (31 %) and income (20 %), together 51 %". */
export function driftSentence(features: readonly DriftFeature[]): string {
  const counted = `${features.filter(({ drifted }) => drifted).length} of ${features.length} features drifted`;
  const dependence = dependenceSentence(features);
  return dependence === undefined ? counted : `${counted}; ${dependence}`;
}

/** What the model depends on of the drifted features; undefined where none drifted, or no importance is known. */
export function dependenceSentence(features: readonly DriftFeature[]): string | undefined {
  const drifted = features.filter((feature) => feature.drifted);
  const together = driftedImportance(features);
  if (together === undefined || drifted.length === 0) return undefined;
  const weighty = drifted
    .filter(({ importance = 0 }) => importance > 0)
    .sort((a, b) => (b.importance ?? 0) - (a.importance ?? 0));
  if (weighty.length === 0) return 'the model depends on none of them';
  const named = weighty
    .slice(0, mostNamed)
    .map(({ name, importance = 0 }) => `${name} (${percentage(importance)})`);
  if (weighty.length === 1) return `the model depends on ${named[0]}`;
  const rest = weighty.length - named.length;
  const list =
    rest > 0
      ? `${named.join(', ')} and ${rest} more`
      : `${named.slice(0, -1).join(', ')} and ${named.at(-1)}`;
  return `the model depends on ${list}, together ${percentage(together)}`;
}
