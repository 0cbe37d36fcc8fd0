import type { DriftFeature } from '../data/results/drift.ts';
import { driftChanges, type FeatureChange } from '../data/results/drift-compare.ts';
import { number } from './in-words.ts';

/** What became of each feature between two results: what is new first, what is as it was last. */
export function featureChanges(
  before: readonly DriftFeature[],
  after: readonly DriftFeature[],
): readonly FeatureChange[] {
  const then = new Map(before.map((feature) => [feature.name, feature]));
  const now = new Set(after.map((feature) => feature.name));
  return [
    ...after.map((feature) => changeOf(then.get(feature.name), feature)),
    ...before.filter(({ name }) => !now.has(name)).map(disappeared),
  ].toSorted((a, b) => driftChanges.indexOf(a.change) - driftChanges.indexOf(b.change));
}

function changeOf(before: DriftFeature | undefined, after: DriftFeature): FeatureChange {
  const { name } = after;
  const common = { name, before: before === undefined ? null : measured(before), after: measured(after) };
  const what = after.effect?.sentence ?? `${name}: ${score(after)}`;
  if (before === undefined)
    return { ...common, change: 'appeared', sentence: `${what} (it was not compared before)` };
  const scores =
    before.test === after.test
      ? `${after.test} ${text(before.score)} → ${text(after.score)}, limit ${limits(before, after)}`
      : `${score(before)} → ${score(after)}`;
  if (after.drifted)
    return {
      ...common,
      change: before.drifted ? 'still_drifted' : 'newly_drifted',
      sentence: `${what} (${scores})`,
    };
  return {
    ...common,
    change: before.drifted ? 'no_longer_drifted' : 'still_calm',
    sentence: `${name}: ${scores}`,
  };
}

function disappeared(before: DriftFeature): FeatureChange {
  return {
    name: before.name,
    change: 'disappeared',
    before: measured(before),
    after: null,
    sentence: `${before.name}: no longer compared`,
  };
}

function measured({ test, score, threshold, drifted }: DriftFeature): NonNullable<FeatureChange['after']> {
  return { test, score, threshold, drifted };
}

function score({ test, score, threshold }: DriftFeature): string {
  return test === 'none' ? 'not measured' : `${test} ${text(score)}, limit ${text(threshold)}`;
}

function limits(before: DriftFeature, after: DriftFeature): string {
  return before.threshold === after.threshold
    ? text(after.threshold)
    : `${text(before.threshold)} → ${text(after.threshold)}`;
}

function text(value: number | null): string {
  return value === null ? 'none' : number(value);
}
