import type { DriftFeature } from '../data/results/drift.ts';
import { figure } from './figures.ts';

/** A sentence about a feature where its name stands already: "age: median 52 → 41" becomes "median 52 → 41". */
export function withoutName(sentence: string, name: string): string {
  return sentence.startsWith(`${name}: `) ? sentence.slice(name.length + 2) : sentence;
}

/** How a drifted feature moved, since when: from its sentences, without them the score. */
export function howItMoved(feature: DriftFeature): string {
  const { name, effect, onset } = feature;
  const how = effect === undefined ? scoreInWords(feature) : withoutName(effect.sentence, name);
  return onset === undefined ? how : `${how}; ${onset.sentence}`;
}

/** The test's score and what it was held against. */
export function scoreInWords({ test, score, threshold, note }: DriftFeature): string {
  return test === 'none' ? (note ?? 'not compared') : `${test} ${figure(score)}, limit ${figure(threshold)}`;
}
