import { firstAbove, firstAtLeast, joined, quantile } from '../../../data/sorted-numbers.ts';
import { number } from '../../in-words.ts';
import { kolmogorovSmirnovDistance } from '../../tests/kolmogorov-smirnov.ts';
import type { SortedSides } from '../feature-pair.ts';
import { fewestValues, type IssueFinder } from './issue-finder.ts';
import { namedFactorsNear } from './named-factors.ts';
import { conversionOf } from './unit-conversions.ts';

/** By how much worse a named factor may fit than the fitted one and yet be preferred (Kolmogorov-Smirnov distance). */
const preference = 0.05;
/** A population does not grow this much while keeping its shape; units do. */
const leastFactor = 5;
/**
 * The deciles' log ratios, but for the worst one, may differ from their median by this part of it, or by this much: a scale
 * moves all alike, a population does not.
 */
const uneven = { relative: 0.15, absolute: Math.log(1.4) };
/** An offset of this many interquartile ranges is no movement of a population ... */
const leastOffset = 3;
/** ... nor while the two distributions still overlap by more than a tenth. */
const disjoint = 0.9;
/** Before the values are put right the distributions must be at least this far apart (Kolmogorov-Smirnov distance) ... */
const apart = 0.4;
/** ... and after it no further than this. */
const alike = 0.15;
/** Where a named factor fits, the population may have moved besides by this much. */
const moved = 0.35;
/** Both sides must have zeros to about the same share: a scale leaves them where they are. */
const zeroTolerance = 0.2;

interface Mapping {
  readonly how: string;
  readonly confidence: number;
}

/**
 * A change of scale, sign or origin, or a conversion such as a logarithm, that maps the current distribution onto the reference's.
 *
 * The scale is the median of the log ratios of the nine deciles of the values that are not 0, or a named factor close to it;
 * the offset is the median of the deciles' differences. It counts only when the distributions are far apart as they stand and
 * close once it is undone (Kolmogorov-Smirnov distance), and when it moves all deciles alike: people change the shape of a
 * distribution, units do not. Factors under 5 are never claimed; a change that only some of the rows went through is looked for by
 * `partUnitChange`.
 */
export const unitChange: IssueFinder = ({ feature, numbers, current }) => {
  if (feature.type !== 'numerical' || current.type === 'datetime' || numbers === undefined) return undefined;
  const nonZero = { reference: withoutZeros(numbers.reference), current: withoutZeros(numbers.current) };
  if (nonZero.reference.length < fewestValues || nonZero.current.length < fewestValues) return undefined;
  if (kolmogorovSmirnovDistance(nonZero.reference, nonZero.current) < apart) return undefined;
  const found =
    (sameZeros(numbers, nonZero) ? signed(nonZero) : undefined) ??
    converted(numbers) ??
    (sameZeros(numbers, nonZero) ? scaled(nonZero) : undefined) ??
    offset(numbers) ??
    mirrored(numbers) ??
    stretched(numbers);
  if (found === undefined) return undefined;
  const median = number(quantile(numbers.current, 0.5));
  return {
    kind: 'unit_change',
    feature: feature.name,
    rows: nonZero.current.length,
    example: median,
    confidence: found.confidence,
    sentence: `${feature.name} ${found.how}: its median is ${median}, ${number(quantile(numbers.reference, 0.5))} in the reference`,
  };
};

function scaled(sides: SortedSides): Mapping | undefined {
  const ratios = deciles.map((share) => quantile(sides.current, share) / quantile(sides.reference, share));
  if (ratios.some((ratio) => !(ratio > 0))) return undefined;
  const logs = ratios.map(Math.log);
  const shift = middle(logs);
  const slack = Math.max(uneven.relative * Math.abs(shift), uneven.absolute);
  const [, secondWorst = 0] = logs.map((log) => Math.abs(log - shift)).sort((a, b) => b - a);
  if (secondWorst > slack) return undefined;
  const fitted = Math.exp(shift);
  const reference = sides.reference.map(Math.fround);
  const [best] = [...namedFactorsNear(fitted), { factor: fitted, units: undefined }]
    .filter(({ factor }) => Math.max(factor, 1 / factor) >= leastFactor)
    .map((candidate) => ({ ...candidate, distance: distanceOnceDivided(candidate.factor) }))
    .sort((a, b) => handicapped(a) - handicapped(b));
  if (best === undefined) return undefined;
  const size =
    best.factor > 1 ? `${number(best.factor)} times too large` : `${number(1 / best.factor)} times too small`;
  if (best.units === undefined) {
    return best.distance <= alike ? { how: `looks about ${size}`, confidence: 0.85 } : undefined;
  }
  if (best.distance > moved) return undefined;
  return { how: `looks ${size} (${best.units})`, confidence: best.distance <= alike ? 0.95 : 0.8 };

  /** In float32, so that a value that was multiplied and divided again is the value it was. */
  function distanceOnceDivided(factor: number): number {
    return kolmogorovSmirnovDistance(
      reference,
      sides.current.map((value) => Math.fround(value / factor)),
    );
  }
}

function handicapped(candidate: { readonly units: string | undefined; readonly distance: number }): number {
  return candidate.distance + (candidate.units === undefined ? preference : 0);
}

/** Every value on the wrong side of 0, or the mirror image of what it was. */
function signed(sides: SortedSides): Mapping | undefined {
  const turned =
    (quantile(sides.reference, 0.01) > 0 && quantile(sides.current, 0.99) < 0) ||
    (quantile(sides.reference, 0.99) < 0 && quantile(sides.current, 0.01) > 0);
  const distance = kolmogorovSmirnovDistance(sides.reference, negated(sides.current));
  return distance <= (turned ? moved : alike)
    ? { how: 'has the opposite sign', confidence: 0.95 }
    : undefined;
}

function converted(sides: SortedSides): Mapping | undefined {
  const now = conversionOf(sides);
  return now === undefined ? undefined : { how: `looks like ${now}`, confidence: 0.9 };
}

function offset(sides: SortedSides): Mapping | undefined {
  if (!areDisjoint(sides)) return undefined;
  const by = offsetOf(sides);
  return afterOffset(sides, by) <= alike
    ? { how: `looks moved by ${number(by)} as a whole`, confidence: 0.85 }
    : undefined;
}

/** Counted from the other end, as a year of birth is to an age. */
function mirrored(sides: SortedSides): Mapping | undefined {
  if (!areDisjoint(sides)) return undefined;
  const turned = { reference: sides.reference, current: negated(sides.current) };
  const by = offsetOf(turned);
  return afterOffset(turned, by) <= alike
    ? { how: `looks counted down from ${number(-by)}`, confidence: 0.85 }
    : undefined;
}

/** Scale and origin at once, by the quartiles; only where the distributions lie apart, as populations stretch too. */
function stretched({ reference, current }: SortedSides): Mapping | undefined {
  if (!areDisjoint({ reference, current })) return undefined;
  const spread = (sorted: Float64Array) => quantile(sorted, 0.75) - quantile(sorted, 0.25);
  const scale = spread(current) / spread(reference);
  const by = quantile(current, 0.5) - scale * quantile(reference, 0.5);
  const restored = current.map((value) => (value - by) / scale);
  return scale > 0 && kolmogorovSmirnovDistance(reference, restored) <= alike
    ? { how: `looks ${number(scale)} times what it was, moved by ${number(by)}`, confidence: 0.8 }
    : undefined;
}

/** Further from each other than a population moves. */
function areDisjoint(sides: SortedSides): boolean {
  const spread = quantile(sides.reference, 0.75) - quantile(sides.reference, 0.25);
  return (
    spread > 0 &&
    Math.abs(offsetOf(sides)) >= leastOffset * spread &&
    kolmogorovSmirnovDistance(sides.reference, sides.current) >= disjoint
  );
}

function offsetOf({ reference, current }: SortedSides): number {
  return middle(deciles.map((share) => quantile(current, share) - quantile(reference, share)));
}

function afterOffset({ reference, current }: SortedSides, by: number): number {
  return kolmogorovSmirnovDistance(
    reference,
    current.map((value) => value - by),
  );
}

const deciles = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

function middle(nine: readonly number[]): number {
  return nine.toSorted((a, b) => a - b)[4] ?? Number.NaN;
}

function withoutZeros(sorted: Float64Array): Float64Array {
  const [from, until] = [firstAtLeast(sorted, 0), firstAbove(sorted, 0)];
  if (from === until) return sorted;
  return from === 0 ? sorted.subarray(until) : joined(sorted.subarray(0, from), sorted.subarray(until));
}

function negated(sorted: Float64Array): Float64Array {
  return sorted.map((value) => -value).reverse();
}

function sameZeros(all: SortedSides, nonZero: SortedSides): boolean {
  const zeros = (side: 'reference' | 'current') => 1 - nonZero[side].length / all[side].length;
  return Math.abs(zeros('reference') - zeros('current')) <= zeroTolerance;
}
