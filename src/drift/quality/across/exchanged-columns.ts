import type { DataIssue } from '../../../data/results/quality.ts';
import { quantile } from '../../../data/sorted-numbers.ts';
import type { FeatureProfile, TextProfile } from '../../feature-profile.ts';
import { number } from '../../in-words.ts';
import { kolmogorovSmirnovDistance } from '../../tests/kolmogorov-smirnov.ts';
import { totalVariation } from '../../tests/total-variation.ts';
import { valueCounts } from '../../value-counts.ts';
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

/** So many quantiles a side are kept of a feature: distances are exact to that part of 1. */
const mostKept = 512;
/** Each is held against each: of more features that went far from themselves the first ones. */
const mostFeatures = 1000;

/** A feature that went far from itself, thinned out. */
interface FarFeature {
  readonly pair: FeaturePair;
  /** Distance of its two sides. */
  readonly own: number;
  /** Undefined for texts. */
  readonly quartiles: { readonly reference: Quartiles; readonly current: Quartiles } | undefined;
  /** The commonest current text, and its share of the rows; undefined for numbers. */
  readonly commonest: { readonly text: string; readonly share: number } | undefined;
}

type Quartiles = readonly [number, number, number];

/**
 * Columns that were exchanged, two of them or more in a ring: each now looks like another one and not like itself, and from one
 * to the other they lead back to the first. The distance is Kolmogorov and Smirnov's for numbers, total variation for texts.
 */
export class ExchangedColumns {
  readonly #far: FarFeature[] = [];

  add(pair: FeaturePair): void {
    const { reference, current } = pair.counts;
    if (Math.min(reference.present, current.present) < fewestValues) return;
    if (this.#far.length >= mostFeatures) return;
    const own = distance(pair.reference, pair.current);
    if (own < apart) return;
    this.#far.push({
      pair: thinned(pair),
      own,
      quartiles: quartilesOf(pair),
      commonest: commonestText(pair.current),
    });
  }

  /** One finding of each feature in a ring. */
  conclude(): readonly DataIssue[] {
    const looks = new Map(this.#far.map((feature) => [feature, lookAlike(feature, this.#far)]));
    return this.#far.flatMap((feature) => {
      const other = looks.get(feature);
      const next = other && looks.get(other);
      return other !== undefined && next !== undefined && leadsBack(feature, looks)
        ? [finding(feature.pair, other.pair, next.pair)]
        : [];
    });
  }
}

/** The feature whose reference is closest to what stands under this one now. */
function lookAlike(feature: FarFeature, all: readonly FarFeature[]): FarFeature | undefined {
  let closest: FarFeature | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const other of all) {
    if (other === feature || !mayBeAlike(feature, other)) continue;
    const between = distance(other.pair.reference, feature.pair.current);
    if (between > tolerance(feature, other) || between >= least) continue;
    closest = other;
    least = between;
  }
  return closest;
}

function tolerance({ pair, own }: FarFeature, other: FarFeature): number {
  if (own >= disjoint) return moved;
  const sizes = 1 / other.pair.counts.reference.present + 1 / pair.counts.current.present;
  return Math.min(own / 2, alike + chance * Math.sqrt(sizes));
}

/**
 * What is cheap to know beforehand: whether each median lies between the quartiles of the other; of texts whether the commonest
 * one is known to the other and about as common there, as no distance is smaller than the difference of one text's shares.
 */
function mayBeAlike(feature: FarFeature, other: FarFeature): boolean {
  const { reference } = other.pair;
  if (feature.commonest !== undefined) {
    if (reference.kind !== 'text') return false;
    const { text, share } = feature.commonest;
    const before = shareOf(reference, text);
    return before > 0 && Math.abs(before - share) <= tolerance(feature, other);
  }
  if (feature.quartiles === undefined || other.quartiles === undefined)
    return feature.pair.current.kind === reference.kind;
  const within = ([, median]: Quartiles, [low, , high]: Quartiles) => median >= low && median <= high;
  return (
    within(feature.quartiles.current, other.quartiles.reference) &&
    within(other.quartiles.reference, feature.quartiles.current)
  );
}

function commonestText(profile: FeatureProfile): FarFeature['commonest'] {
  if (profile.kind !== 'text') return undefined;
  const rows = profile.counts.reduce((largest, count) => Math.max(largest, count), 0);
  const text = profile.values[profile.counts.indexOf(rows)] ?? '';
  return { text, share: rows / profile.present };
}

function shareOf({ values, counts, present }: TextProfile, text: string): number {
  let low = 0;
  for (let high = values.length; low < high; ) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? '') < text) low = middle + 1;
    else high = middle;
  }
  return values[low] === text ? (counts[low] ?? 0) / present : 0;
}

function leadsBack(start: FarFeature, looks: ReadonlyMap<FarFeature, FarFeature | undefined>): boolean {
  let at = looks.get(start);
  for (let steps = 1; at !== undefined && steps <= looks.size; steps++) {
    if (at === start) return true;
    at = looks.get(at);
  }
  return false;
}

function thinned(pair: FeaturePair): FeaturePair {
  const few = (profile: FeatureProfile): FeatureProfile => {
    if (profile.kind === 'text' || profile.sorted.length <= mostKept) return profile;
    const step = profile.sorted.length / mostKept;
    const { sorted } = profile;
    const kept = Float64Array.from(
      { length: mostKept },
      (_, index) => sorted[Math.floor((index + 0.5) * step)] ?? Number.NaN,
    );
    return { ...profile, sorted: kept };
  };
  return { ...pair, reference: few(pair.reference), current: few(pair.current), numbers: undefined };
}

function quartilesOf({ numbers }: FeaturePair): FarFeature['quartiles'] {
  if (numbers === undefined) return undefined;
  const of = (sorted: Float64Array): Quartiles => [
    quantile(sorted, 0.25),
    quantile(sorted, 0.5),
    quantile(sorted, 0.75),
  ];
  return { reference: of(numbers.reference), current: of(numbers.current) };
}

/** 0..1; profiles of two kinds are as far apart as can be. */
function distance(first: FeatureProfile, second: FeatureProfile): number {
  if (first.kind === 'numeric' && second.kind === 'numeric')
    return kolmogorovSmirnovDistance(first.sorted, second.sorted);
  if (first.kind !== second.kind) return 1;
  return totalVariation(valueCounts(first, second));
}

function finding(one: FeaturePair, other: FeaturePair, next: FeaturePair): DataIssue {
  const example = exampleOf(one.current);
  const [first, second, third] = [one, other, next].map(({ feature }) => feature.name);
  return {
    kind: 'swapped',
    feature: one.feature.name,
    rows: one.counts.current.present,
    example,
    confidence: 0.9,
    sentence: `${first} now looks like ${second} and ${second} like ${third}, such as ${example}: their columns look exchanged`,
  };
}

function exampleOf(profile: FeatureProfile): string {
  return profile.kind === 'numeric'
    ? number(quantile(profile.sorted, 0.5))
    : (commonestText(profile)?.text ?? '');
}
