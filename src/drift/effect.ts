import type { DriftEffect, DriftFeature } from '../data/results/drift.ts';
import { firstAbove, firstAtLeast, quantile } from '../data/sorted-numbers.ts';
import { number, percentage } from './in-words.ts';
import { total, type ValueCounts } from './value-counts.ts';

const shownQuantiles = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99] as const;
/** Rows are told apart by the reference's deciles, its ends among them, to say how many of them moved. */
const deciles = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1] as const;
/** The reference's middle 90 %. */
const middle = [0.05, 0.95] as const;
/** So many rows lie outside it where nothing moved; more are told of, rounded as they are shown. */
const outsideByDefinition = 0.1;
const halfPercent = 0.005;
const mostNamed = 20;

interface SortedSides {
  readonly reference: Float64Array;
  readonly current: Float64Array;
}

/**
 * How much the numbers of a feature moved. Rows that moved are counted between the reference's deciles and, where many rows
 * have a decile's very value, on it: of 200 rows a tenth moves by chance.
 * @param sides sorted ascending, not empty
 */
export function numericalEffect(name: string, { reference, current }: SortedSides): DriftEffect {
  const range = quantile(reference, 0.75) - quantile(reference, 0.25);
  const medians = [quantile(reference, 0.5), quantile(current, 0.5)] as const;
  const bounds = [quantile(reference, middle[0]), quantile(reference, middle[1])] as const;
  const outside = (sorted: Float64Array) =>
    1 - (firstAbove(sorted, bounds[1]) - firstAtLeast(sorted, bounds[0])) / sorted.length;
  const outsideNow = outside(current);
  const moved = movedRows(reference, current);
  const left = outsideNow > outsideByDefinition + halfPercent;
  const median =
    medians[0] === medians[1]
      ? `median ${number(medians[0])} as before`
      : `median ${number(medians[0])} → ${number(medians[1])}`;
  return {
    shift: range === 0 ? null : (medians[1] - medians[0]) / range,
    moved,
    outside: { reference: outside(reference), current: outsideNow },
    quantiles: shownQuantiles.map((share) => ({
      share,
      reference: quantile(reference, share),
      current: quantile(current, share),
    })),
    sentence: [
      `${name}: ${median}`,
      ...(left && medians[0] !== medians[1] ? [] : [`, ${percentage(moved)} of rows moved`]),
      ...(left ? [`; ${percentage(outsideNow)} of rows are outside the reference's middle 90 %`] : []),
    ].join(''),
  };
}

/** Total variation over the deciles and the values between them, 0..1. */
function movedRows(reference: Float64Array, current: Float64Array): number {
  const cuts = [...new Set(deciles.map((share) => quantile(reference, share)))];
  const until = (sorted: Float64Array) => [
    ...cuts.flatMap((cut) => [firstAtLeast(sorted, cut), firstAbove(sorted, cut)]),
    sorted.length,
  ];
  const [before, after] = [until(reference), until(current)];
  let difference = 0;
  let last = 0;
  for (const [index, rows] of before.entries()) {
    const ahead = rows / reference.length - (after[index] ?? 0) / current.length;
    difference += Math.abs(ahead - last);
    last = ahead;
  }
  return difference / 2;
}

/** How much a feature of categories moved; neither side is empty. */
export function categoricalEffect(name: string, counts: ValueCounts): DriftEffect {
  const n = total(counts.reference);
  const m = total(counts.current);
  const moves = counts.values.map((value, index) => ({
    value: String(value),
    reference: (counts.reference[index] ?? 0) / n,
    current: (counts.current[index] ?? 0) / m,
  }));
  const by = ({ reference, current }: { reference: number; current: number }) =>
    Math.abs(current - reference);
  const [most] = moves.toSorted((a, b) => by(b) - by(a));
  const moved = moves.reduce((sum, move) => sum + by(move), 0) / 2;
  const example =
    most === undefined || moved === 0
      ? ''
      : `; '${most.value}' ${percentage(most.reference)} → ${percentage(most.current)}`;
  return {
    shift: null,
    moved,
    outside: null,
    quantiles: [],
    sentence: `${name}: ${percentage(moved)} of rows moved${example}`,
  };
}

/** Categories that only one side has, most frequent first; undefined where there are none. */
export function categoriesOfOneSide(counts: ValueCounts): DriftFeature['categories'] {
  const only = (side: readonly number[], other: readonly number[]) =>
    counts.values
      .map((value, index) => ({ value: String(value), rows: other[index] === 0 ? (side[index] ?? 0) : 0 }))
      .filter(({ rows }) => rows > 0)
      .sort((a, b) => b.rows - a.rows)
      .slice(0, mostNamed);
  const sides = {
    new: only(counts.current, counts.reference),
    vanished: only(counts.reference, counts.current),
  };
  return sides.new.length + sides.vanished.length === 0 ? undefined : sides;
}
