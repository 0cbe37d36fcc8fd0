import gammainc from '@stdlib/math-base-special-gammainc';
import { countEqual, outsideOf, quantile } from '../../../data/sorted-numbers.ts';
import { percent } from '../../in-words.ts';
import { countSorted } from '../../value-counts.ts';
import { jumped, shareJump } from '../share-jump.ts';
import { fewestValues, type IssueFinder, leastShare } from './issue-finder.ts';

/** Codes that stand for 'not known': nines and 96 to 98 as surveys use them, their negatives, and the ends of integers. */
const wellKnown = new Set([
  ...[9, 96, 97, 98, 99, 999, 9999, 99_999, 999_999, 9_999_999, 99_999_999, 999_999_999],
  ...[-1, -9, -96, -97, -98, -99, -999, -9999, -99_999, -999_999, -9_999_999],
  ...[32_767, -32_768, 2_147_483_647, -2_147_483_648],
]);

/** A well-known code is looked for only outside the middle 98 % of the reference: there it is an ordinary value. */
const tail = 0.01;
/** A code that the reference has too is a fault beyond doubt only from this share on. */
const muchMore = 0.05;

/** A code that comes as often by chance (Poisson): the test of shares is no good for a handful of rows. */
const byChance = 1e-4;

/** A spike is this many times as frequent as any ordinary value as far out, beyond what the reference has of that value. */
const spike = 3;

/**
 * A value that stands for 'not known' and has become frequent: a well-known code beyond the reference's first and last
 * percentile, or 0 where the reference never goes down to it. Surer when the reference does not have it at all.
 */
export const sentinel: IssueFinder = ({ feature, numbers, current }) => {
  if (feature.type !== 'numerical' || current.type === 'datetime' || numbers === undefined) return undefined;
  const { reference, current: values } = numbers;
  if (reference.length < fewestValues || values.length < fewestValues) return undefined;
  const found = commonestSpike(reference, values);
  if (found === undefined) return undefined;
  const { value, rows } = found;
  const before = countEqual(reference, value);
  const jump = shareJump({ having: before, rows: reference.length }, { having: rows, rows: values.length });
  if (jump.current < jump.reference || !jumped(jump, leastShare)) return undefined;
  const expected = ((before + 1) / reference.length) * values.length;
  if (gammainc(expected, rows) > byChance) return undefined;
  return {
    kind: 'sentinel',
    feature: feature.name,
    rows,
    example: String(value),
    confidence: before === 0 || jump.current > muchMore ? 0.95 : 0.6,
    sentence: `${feature.name} is ${value} in ${percent(jump.current)} of the rows, ${percent(jump.reference)} in the reference: it looks like a code for 'not known'`,
  };
};

function commonestSpike(reference: Float64Array, values: Float64Array) {
  const extremes = [reference[0] ?? 0, reference.at(-1) ?? 0] as const;
  const tails = [quantile(reference, tail), quantile(reference, 1 - tail)] as const;
  const counts = countSorted(outsideOf(reference, ...tails), outsideOf(values, ...tails));
  const expected = values.length / reference.length;
  const seen = counts.values.map((value, index) => ({
    value: Number(value),
    rows: counts.current[index] ?? 0,
    excess: (counts.current[index] ?? 0) - (counts.reference[index] ?? 0) * expected,
  }));
  const [code] = seen.filter(({ value }) => isCode(value, extremes[0])).sort((a, b) => b.rows - a.rows);
  if (code === undefined) return undefined;
  const outside = code.value < extremes[0] || code.value > extremes[1];
  const [low, high] = outside ? extremes : tails;
  const rival = seen
    .filter(({ value }) => !isCode(value, extremes[0]) && (code.value < low ? value < low : value > high))
    .reduce((most, { excess }) => Math.max(most, excess), 0);
  return code.rows >= spike * rival ? code : undefined;
}

function isCode(value: number, minimum: number): boolean {
  return wellKnown.has(value) || (value === 0 && minimum > 0);
}
