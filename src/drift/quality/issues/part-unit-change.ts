import { firstAbove, firstAtLeast, quantile } from '../../../data/sorted-numbers.ts';
import { number, percent } from '../../in-words.ts';
import { kolmogorovSmirnovDistance } from '../../tests/kolmogorov-smirnov.ts';
import { jumped, shareJump } from '../share-jump.ts';
import { fewestValues, type IssueFinder } from './issue-finder.ts';
import { namedFactors } from './named-factors.ts';

/** Values beyond this part of the reference, at either end, are too large or too small to be what they were ... */
const tail = 0.005;
/** ... while the factor takes all but this share of the reference beyond it, so that the two parts do not mix. */
const mixed = 0.1;
/** The changed part is at least this share of the rows. */
const least = 0.02;
/** Kolmogorov-Smirnov distance of one part, put right, from the other; and Kolmogorov's limit at 1 %. */
const alike = 0.05;
const chance = 1.63;
/** From the reference either may lie so far, as populations move. */
const moved = 0.35;

/**
 * A factor between units that only some of the rows went through, as when one of two sources changed: the values too large for the
 * reference are, once divided by it, distributed as the other rows are. Claimed only of factors so large that the two parts
 * lie apart, and of values that are not negative; the same for values too small.
 */
export const partUnitChange: IssueFinder = ({ feature, numbers, current }) => {
  if (feature.type !== 'numerical' || current.type === 'datetime' || numbers === undefined) return undefined;
  if (!((numbers.reference[0] ?? Number.NaN) >= 0)) return undefined;
  const positive = (sorted: Float64Array) => sorted.subarray(firstAbove(sorted, 0));
  const before = positive(numbers.reference);
  const after = positive(numbers.current);
  if (before.length < fewestValues || after.length < fewestValues) return undefined;
  const low = quantile(before, tail);
  const high = quantile(before, 1 - tail);
  const large = after.subarray(firstAbove(after, high));
  const small = after.subarray(0, firstAtLeast(after, low));
  const found =
    partOf(before, large, after.subarray(0, after.length - large.length), (factor) => ({
      factor,
      apart: quantile(before, mixed) * factor > high,
    })) ??
    partOf(before, small, after.subarray(small.length), (factor) => ({
      factor: 1 / factor,
      apart: quantile(before, 1 - mixed) / factor < low,
    }));
  if (found === undefined) return undefined;
  const { part, factor, units } = found;
  const size = factor > 1 ? `${number(factor)} times too large` : `${number(1 / factor)} times too small`;
  const example = number(part[part.length >>> 1] ?? Number.NaN);
  return {
    kind: 'unit_change',
    feature: feature.name,
    rows: part.length,
    example,
    confidence: 0.85,
    sentence: `${feature.name} looks ${size} (${units}) in ${percent(part.length / after.length)} of the rows, such as ${example}; the others are as they were`,
  };
};

/** @param applied the factor as it would have been applied, and whether it takes the reference apart from itself */
function partOf(
  reference: Float64Array,
  part: Float64Array,
  rest: Float64Array,
  applied: (factor: number) => { readonly factor: number; readonly apart: boolean },
) {
  const rows = part.length + rest.length;
  const jump = shareJump(
    { having: Math.ceil(tail * reference.length), rows: reference.length },
    { having: part.length, rows },
  );
  if (part.length < Math.max(fewestValues, least * rows) || !jumped(jump, least / 2)) return undefined;
  if (rest.length < fewestValues || kolmogorovSmirnovDistance(reference, rest) > moved) return undefined;
  const limit = alike + chance * Math.sqrt(1 / rest.length + 1 / part.length);
  const [best] = namedFactors
    .map(({ factor, units }) => ({ units, ...applied(factor) }))
    .filter(({ apart }) => apart)
    .map(({ factor, units }) => ({
      part,
      factor,
      units,
      distance: kolmogorovSmirnovDistance(
        rest,
        part.map((value) => value / factor),
      ),
    }))
    .sort((a, b) => a.distance - b.distance);
  return best !== undefined && best.distance <= limit ? best : undefined;
}
