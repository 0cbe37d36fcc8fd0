import { number, percent } from '../../in-words.ts';
import { countOutside } from '../outliers.ts';
import { type IssueFinder, leastShare } from './issue-finder.ts';

/** More rows than `leastShare`, and that many more than in the reference, lie outside the schema's minimum and maximum. */
export const rangeBreak: IssueFinder = ({ feature, field, numbers }) => {
  const low = bound(field?.constraints?.minimum) ?? Number.NEGATIVE_INFINITY;
  const high = bound(field?.constraints?.maximum) ?? Number.POSITIVE_INFINITY;
  if (numbers === undefined) return undefined;
  const outside = (values: Float64Array) => countOutside(values, [low, high]);
  const rows = outside(numbers.current);
  const share = rows / numbers.current.length;
  if (share - outside(numbers.reference) / numbers.reference.length <= leastShare) return undefined;
  const first = numbers.current[0] ?? Number.NaN;
  const example = first < low ? first : (numbers.current.at(-1) ?? Number.NaN);
  return {
    kind: 'range_break',
    feature: feature.name,
    rows,
    example: number(example),
    confidence: 0.85,
    sentence: `${feature.name} lies outside the declared ${inWords(low, high)} in ${percent(share)} of the rows, such as ${number(example)}`,
  };
};

function bound(declared: number | string | undefined): number | undefined {
  return typeof declared === 'number' ? declared : undefined;
}

function inWords(low: number, high: number): string {
  if (low === Number.NEGATIVE_INFINITY) return `maximum ${high}`;
  if (high === Number.POSITIVE_INFINITY) return `minimum ${low}`;
  return `range ${low} to ${high}`;
}
