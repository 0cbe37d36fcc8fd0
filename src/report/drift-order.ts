import type { DriftFeature } from '../data/results/drift.ts';

/** Drifted before not, then by importance × drift; where no importance is known, or none at all, by drift. */
export function byDrift(features: readonly DriftFeature[]): readonly DriftFeature[] {
  const known = features.some(({ importance }) => importance !== undefined);
  const weight = ({ importance = 0 }: DriftFeature) => (known ? importance : 1);
  return features.toSorted(
    (a, b) =>
      Number(b.drifted) - Number(a.drifted) ||
      weight(b) * strength(b) - weight(a) * strength(a) ||
      strength(b) - strength(a),
  );
}

/** The share of rows that moved, which all tests have in common; without it how far past its threshold the score lies. */
function strength(feature: DriftFeature): number {
  const { score, threshold, effect } = feature;
  if (effect !== undefined) return effect.moved;
  if (score === null || threshold === null) return 0;
  return isPValue(feature) ? threshold / Math.max(score, Number.MIN_VALUE) : score / threshold;
}

/** Whether the score is a p-value: then the smaller is the stronger. */
export function isPValue({ score, p_value }: DriftFeature): boolean {
  return score !== null && score === p_value;
}
