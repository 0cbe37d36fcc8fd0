import { firstAbove, firstAtLeast } from '../../../data/sorted-numbers.ts';
import { number, percent } from '../../in-words.ts';
import { kolmogorovSmirnovDistance } from '../../tests/kolmogorov-smirnov.ts';
import { jumped, shareJump } from '../share-jump.ts';
import { fewestValues, type IssueFinder } from './issue-finder.ts';

/** A scale of fewer values has its ends among them: many rows at one say nothing. */
const fewestDistinct = 20;
/** At least this share of the reference lies beyond the cap ... */
const beyond = 0.02;
/** ... and the rows at the cap are at least this part of them: what was cut off stands there. */
const piledUp = 0.25;
/** Rows at the cap are so many times as frequent as in the reference. */
const rise = 4;
/** The values that were not cut are as they were (Kolmogorov-Smirnov distance), as far as samples of this size tell. */
const alike = 0.25;

/**
 * Values pile up at the largest or smallest current value and none goes beyond it, where a part of the reference does: they were cut
 * off at a cap. A population that moves away from an end does not leave a heap of equal values where its tail was.
 */
export const clipped: IssueFinder = ({ feature, numbers, current }) => {
  if (feature.type !== 'numerical' || current.type === 'datetime' || numbers === undefined) return undefined;
  const { reference, current: values } = numbers;
  if (reference.length < fewestValues || values.length < fewestValues) return undefined;
  const found = heapAt('top', reference, values) ?? heapAt('bottom', reference, values);
  if (found === undefined) return undefined;
  const atTop = found.end === 'top';
  const cap = number(found.cap);
  return {
    kind: 'clipped',
    feature: feature.name,
    rows: found.rows,
    example: cap,
    confidence: 0.85,
    sentence: `${feature.name} is ${cap} in ${percent(found.rows / values.length)} of the rows and never ${atTop ? 'more' : 'less'}; ${percent(found.beyond)} of the reference ${atTop ? 'exceed' : 'are below'} it: it looks cut off there`,
  };
};

/** Both ascending. */
function heapAt(end: 'top' | 'bottom', reference: Float64Array, current: Float64Array) {
  const cap = current[end === 'top' ? current.length - 1 : 0] ?? Number.NaN;
  const before = around(reference, cap);
  const after = around(current, cap);
  const [cut, kept] = end === 'top' ? (['above', 'below'] as const) : (['below', 'above'] as const);
  const rows = after.at.length;
  const beyondCap = before[cut].length / reference.length;
  const heap = rows / current.length;
  const usual = before.at.length / reference.length;
  if (beyondCap < beyond || heap < piledUp * beyondCap || heap < rise * usual) return undefined;
  const jump = shareJump(
    { having: before.at.length, rows: reference.length },
    { having: rows, rows: current.length },
  );
  if (!jumped(jump, beyond / 2) || countDistinct(current) < fewestDistinct) return undefined;
  const uncut = kolmogorovSmirnovDistance(before[kept], after[kept]);
  return uncut <= alike ? { end, cap, rows, beyond: beyondCap } : undefined;
}

/** Without copying. */
function around(sorted: Float64Array, value: number) {
  const from = firstAtLeast(sorted, value);
  const until = firstAbove(sorted, value);
  return {
    below: sorted.subarray(0, from),
    at: sorted.subarray(from, until),
    above: sorted.subarray(until),
  };
}

function countDistinct(sorted: Float64Array): number {
  return sorted.reduce((count, value, index) => count + (value === sorted[index - 1] ? 0 : 1), 0);
}
