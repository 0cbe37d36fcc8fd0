import { presentValues } from '../../present-values.ts';
import { valueCounts } from '../../value-counts.ts';
import type { IssueFinder } from './issue-finder.ts';

/** How rarely a sample of the reference would be nothing but the one value: worth a look, and beyond doubt. */
const rare = 1e-9;
const beyondDoubt = 1e-20;
/** Fewer values that are alike prove nothing. */
const fewestAlike = 20;

/** All current values are one value, where the reference varied too much for that to be chance. */
export const constant: IssueFinder = ({ feature, reference, current, counts }) => {
  const after = presentValues(current);
  const [value] = after;
  if (value === undefined || after.length < fewestAlike || after.some((each) => each !== value))
    return undefined;
  const before = valueCounts(presentValues(reference), []);
  if (before.values.length < 2) return undefined;
  const share = (before.reference[before.values.indexOf(value)] ?? 0) / counts.reference.present;
  const chance = share ** after.length;
  if (chance > rare) return undefined;
  return {
    kind: 'constant',
    feature: feature.name,
    rows: after.length,
    example: String(value),
    confidence: chance > beyondDoubt ? 0.6 : 0.95,
    sentence: `${feature.name} is ${value} in all ${after.length} rows; the reference has ${before.values.length} values`,
  };
};
