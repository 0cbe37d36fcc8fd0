import { valueCounts } from '../../value-counts.ts';
import type { IssueFinder } from './issue-finder.ts';

/** How rarely a sample of the reference would be nothing but the one value: worth a look, and beyond doubt. */
const rare = 1e-9;
const beyondDoubt = 1e-20;
/** Fewer values that are alike prove nothing. */
const fewestAlike = 20;

/** All current values are one value, where the reference varied too much for that to be chance. */
export const constant: IssueFinder = ({ feature, reference, current, counts }) => {
  const { present } = counts.current;
  if (current.kind === 'numeric' && current.sorted[0] !== current.sorted.at(-1)) return undefined;
  const all = valueCounts(reference, current);
  const [at, ...others] = [...all.current.keys()].filter((index) => (all.current[index] ?? 0) > 0);
  const value = at === undefined ? undefined : all.values[at];
  if (at === undefined || value === undefined || others.length > 0 || present < fewestAlike) return undefined;
  const before = all.reference.filter((count) => count > 0).length;
  if (before < 2) return undefined;
  const share = (all.reference[at] ?? 0) / counts.reference.present;
  const chance = share ** present;
  if (chance > rare) return undefined;
  return {
    kind: 'constant',
    feature: feature.name,
    rows: present,
    example: String(value),
    confidence: chance > beyondDoubt ? 0.6 : 0.95,
    sentence: `${feature.name} is ${value} in all ${present} rows; the reference has ${before} values`,
  };
};
