import type { FeatureQuality } from '../../data/results/quality.ts';
import { type DataPair, type FeaturePair, featurePair } from './feature-pair.ts';
import { countOutside, outerFences } from './outliers.ts';
import { jumped, shareJump } from './share-jump.ts';

/** A share of missing values that moves by more than this, 0..1, is a jump when it is also significant. */
export const missingJump = 0.1;

/** The same for the share of outliers. */
const outlierJump = 0.05;

/**
 * Missing values of each feature before and after, and of each numerical one the share outside the reference's outer fences
 * (Tukey 1977). Features that one of the tables does not have are left out: `findDataIssues` names them.
 */
export function featureQuality(pair: DataPair): readonly FeatureQuality[] {
  return pair.features.flatMap((feature) => {
    const both = featurePair(pair, feature);
    return both === undefined
      ? []
      : [{ name: feature.name, missing: missingValues(both), outliers: outliers(both) }];
  });
}

/** Shares of missing values, and whether they moved by more than `missingJump` and by more than sampling explains. */
export function missingValues({ counts }: FeaturePair): FeatureQuality['missing'] {
  const tally = ({ present, missing }: FeaturePair['counts']['reference']) => ({
    having: missing,
    rows: present + missing,
  });
  const jump = shareJump(tally(counts.reference), tally(counts.current));
  return {
    reference: jump.reference,
    current: jump.current,
    p_value: jump.pValue,
    jumped: jumped(jump, missingJump),
  };
}

function outliers({ feature, numbers }: FeaturePair): FeatureQuality['outliers'] {
  if (feature.type !== 'numerical' || numbers === undefined) return null;
  const fences = outerFences(numbers.reference);
  if (fences === undefined) return null;
  const tally = (values: Float64Array) => ({ having: countOutside(values, fences), rows: values.length });
  const jump = shareJump(tally(numbers.reference), tally(numbers.current));
  return {
    reference: jump.reference,
    current: jump.current,
    fences: [...fences],
    jumped: jumped(jump, outlierJump),
  };
}
