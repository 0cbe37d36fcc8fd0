import type { DataIssue } from '../../../data/results/quality.ts';
import { quantile } from '../../distribution.ts';
import type { FeatureProfile } from '../../feature-profile.ts';
import { number } from '../../in-words.ts';
import { kolmogorovSmirnovDistance } from '../../tests/kolmogorov-smirnov.ts';
import { total, valueCounts } from '../../value-counts.ts';
import type { FeaturePair } from '../feature-pair.ts';
import { fewestValues } from '../issues/issue-finder.ts';

/** A feature that was taken for another is at least this far from itself ... */
const apart = 0.3;
/** ... and from the other one no further than this, and what samples of these sizes show by chance ... */
const alike = 0.05;
/** ... or, where it has next to nothing in common with itself, no further than a population moves. */
const disjoint = 0.9;
const moved = 0.35;
/** Kolmogorov's limit at 1 %. */
const chance = 1.63;

/** Of a thinned feature, so many quantiles a side: exact to that part of 1. */
const mostKept = 4096;

/** Whether the feature may have been taken for another one. */
export function isFarFromItself(pair: FeaturePair): boolean {
  const { reference, current } = pair.counts;
  if (Math.min(reference.present, current.present) < fewestValues) return false;
  return distance(pair.reference, pair.current) >= apart;
}

/** The feature with no more than `mostKept` of its numbers a side, evenly over its distribution. */
export function thinned(pair: FeaturePair): FeaturePair {
  const few = (profile: FeatureProfile): FeatureProfile => {
    if (profile.kind === 'text' || profile.sorted.length <= mostKept) return profile;
    const step = profile.sorted.length / mostKept;
    const kept = new Float64Array(mostKept);
    for (let index = 0; index < mostKept; index++)
      kept[index] = profile.sorted[Math.floor((index + 0.5) * step)] ?? Number.NaN;
    return { ...profile, sorted: kept };
  };
  return { ...pair, reference: few(pair.reference), current: few(pair.current), numbers: undefined };
}

/**
 * Pairs of features each of which now looks like the other, and not like itself: their columns were exchanged. The distance is
 * Kolmogorov and Smirnov's for numbers, total variation for texts. All pairs are looked at, but only those in full whose quartiles
 * agree.
 * @param far the features that are far from themselves
 * @returns two findings a pair, one of each feature
 */
export function swapped(far: readonly FeaturePair[]): readonly DataIssue[] {
  const found: DataIssue[] = [];
  for (const [index, first] of far.entries())
    for (const second of far.slice(index + 1))
      if (looksLike(first, second) && looksLike(second, first))
        found.push(finding(first, second), finding(second, first));
  return found;
}

/** Whether what stands under `one` now is what stood under `other`. */
function looksLike(one: FeaturePair, other: FeaturePair): boolean {
  const n = other.counts.reference.present;
  const m = one.counts.current.present;
  if (!mayBeAlike(other.reference, one.current)) return false;
  const own = distance(one.reference, one.current);
  const limit = own >= disjoint ? moved : Math.min(own / 2, alike + chance * Math.sqrt(1 / n + 1 / m));
  return distance(other.reference, one.current) <= limit;
}

/** Whether each median lies between the quartiles of the other; texts always. */
function mayBeAlike(first: FeatureProfile, second: FeatureProfile): boolean {
  if (first.kind === 'text' || second.kind === 'text') return first.kind === second.kind;
  const within = (inner: Float64Array, outer: Float64Array) => {
    const median = quantile(inner, 0.5);
    return median >= quantile(outer, 0.25) && median <= quantile(outer, 0.75);
  };
  return within(first.sorted, second.sorted) && within(second.sorted, first.sorted);
}

/** 0..1; profiles of two kinds are as far apart as can be. */
function distance(first: FeatureProfile, second: FeatureProfile): number {
  if (first.kind === 'numeric' && second.kind === 'numeric')
    return kolmogorovSmirnovDistance(first.sorted, second.sorted);
  if (first.kind !== second.kind) return 1;
  const { reference, current } = valueCounts(first, second);
  const [n, m] = [total(reference), total(current)];
  return (
    reference.reduce((sum, count, index) => sum + Math.abs(count / n - (current[index] ?? 0) / m), 0) / 2
  );
}

function finding(one: FeaturePair, other: FeaturePair): DataIssue {
  const example = commonestOf(one.current);
  return {
    kind: 'swapped',
    feature: one.feature.name,
    rows: one.counts.current.present,
    example,
    confidence: 0.9,
    sentence: `${one.feature.name} now looks like ${other.feature.name} and ${other.feature.name} like ${one.feature.name}, such as ${example}: the two columns look exchanged`,
  };
}

function commonestOf(profile: FeatureProfile): string {
  if (profile.kind === 'numeric') return number(quantile(profile.sorted, 0.5));
  return profile.values[profile.counts.indexOf(Math.max(...profile.counts))] ?? '';
}
