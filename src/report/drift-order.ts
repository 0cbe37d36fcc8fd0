import type { DriftFeature } from '../data/results/drift.ts';

/** Most drifted first: drifted before not, then by how far the score lies past its threshold. */
export function byDrift(features: readonly DriftFeature[]): readonly DriftFeature[] {
  return features.toSorted((a, b) => Number(b.drifted) - Number(a.drifted) || strength(b) - strength(a));
}

/** A ratio above 1 is past the threshold, whichever way the test's score points. */
function strength({ score, threshold, p_value }: DriftFeature): number {
  if (score === null || threshold === null) return 0;
  return p_value === null ? score / threshold : threshold / Math.max(score, Number.MIN_VALUE);
}
