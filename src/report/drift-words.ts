import type { DriftResult } from '../data/results/drift.ts';
import { percent } from './figures.ts';

/** What the result says of itself, else how many features drifted. */
export function driftSentence(result: DriftResult): string {
  return result.sentence ?? driftCount(result);
}

export function driftCount({ features_drifted, features_total, share_drifted }: DriftResult): string {
  return `${features_drifted} of ${features_total} features drifted (${percent(share_drifted)})`;
}

export function driftWord(drifted: boolean): string {
  return drifted ? 'drifted' : 'not drifted';
}
