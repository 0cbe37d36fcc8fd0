import { number } from '../../in-words.ts';
import { fewestValues, type IssueFinder } from './issue-finder.ts';

/** Steps from one value to the next are one and the same in at least this share of them. */
const even = 0.9;

/**
 * Whole numbers that count the rows, in whatever order: all different, in even steps. A key or a row number among the features
 * tells the model which row it is, and differs in every file; it leaks the label wherever the rows were collected by it.
 */
export const rowNumber: IssueFinder = ({ feature, current, counts }) => {
  if (feature.type !== 'numerical' || current.kind !== 'numeric' || current.type === 'datetime')
    return undefined;
  const { sorted } = current;
  if (sorted.length < fewestValues || counts.current.missing > 0) return undefined;
  const steps = new Map<number, number>();
  let before = sorted[0] ?? Number.NaN;
  for (const value of sorted.subarray(1)) {
    const step = value - before;
    if (!Number.isInteger(value) || step === 0) return undefined;
    steps.set(step, (steps.get(step) ?? 0) + 1);
    before = value;
  }
  let commonest = 0;
  for (const times of steps.values()) commonest = Math.max(commonest, times);
  if (commonest < even * (sorted.length - 1)) return undefined;
  const first = number(sorted[0] ?? Number.NaN);
  return {
    kind: 'row_number',
    feature: feature.name,
    rows: sorted.length,
    example: first,
    confidence: 0.9,
    sentence: `${feature.name} numbers the rows, from ${first} to ${number(before)}: it is a key, not a feature`,
  };
};
