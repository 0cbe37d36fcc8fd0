import { countsRows } from '../../../data/counts-rows.ts';
import { number } from '../../in-words.ts';
import { fewestValues, type IssueFinder } from './issue-finder.ts';

/**
 * A key or a row number among the features tells the model which row it is, and differs in every file; it leaks the label
 * wherever the rows were collected by it.
 */
export const rowNumber: IssueFinder = ({ feature, current, counts }) => {
  if (feature.type !== 'numerical' || current.kind !== 'numeric' || current.type === 'datetime')
    return undefined;
  const { sorted } = current;
  if (sorted.length < fewestValues || counts.current.missing > 0 || !countsRows(sorted)) return undefined;
  const [first, last] = [sorted[0] ?? Number.NaN, sorted.at(-1) ?? Number.NaN].map(number);
  return {
    kind: 'row_number',
    feature: feature.name,
    rows: sorted.length,
    example: first ?? null,
    confidence: 0.9,
    sentence: `${feature.name} numbers the rows, from ${first} to ${last}: it is a key, not a feature`,
  };
};
