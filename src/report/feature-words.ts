import type { DriftFeature, DriftOnset } from '../data/results/drift.ts';
import { figure } from './figures.ts';

/** A sentence about a feature where its name stands already: "age: median 52 → 41" becomes "median 52 → 41". */
function withoutName(sentence: string, name: string): string {
  return sentence.startsWith(`${name}: `) ? sentence.slice(name.length + 2) : sentence;
}

/** How a feature moved, what is to be known of it, since when; without an effect and a note the score. */
export function howItMoved(feature: DriftFeature): string {
  const { onset, note } = feature;
  const moved = effectInWords(feature) ?? note ?? scoreInWords(feature);
  return [moved, moved === note ? undefined : note, onset && onsetInWords(onset)]
    .filter((each) => each !== undefined)
    .join('; ');
}

export function effectInWords({ name, effect, summary }: DriftFeature): string | undefined {
  if (effect !== undefined) return withoutName(effect.sentence, name);
  if (summary === undefined) return undefined;
  const { reference, current } = summary;
  return `median ${figure(reference.median)} → ${figure(current.median)}, mean ${figure(reference.mean)} → ${figure(current.mean)}`;
}

/** "since Sat 12 Sep, ± 1 day, sudden"; of what began before the data the shape is not known. */
export function onsetInWords({ sentence, shape }: DriftOnset): string {
  return shape === null ? sentence : `${sentence}, ${shape}`;
}

/** The test's score and what it was held against. */
export function scoreInWords({ test, score, threshold, note }: DriftFeature): string {
  return test === 'none' ? (note ?? 'not compared') : `${test} ${figure(score)}, limit ${figure(threshold)}`;
}
