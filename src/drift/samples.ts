import { DataError } from '../platform/errors.ts';
import { type FeatureProfile, presentRows } from './feature-profile.ts';
import {
  countDistinct,
  type NumberTallies,
  tallyNumbers,
  type ValueCounts,
  valueCounts,
} from './value-counts.ts';

/** Both sides of one feature as the tests need them: values sorted, or counted. Neither side is empty. */
export interface Samples {
  readonly type: 'numerical' | 'categorical';
  /** Whether both sides are whole numbers, none missing; a peer bins those in widths of at least 1. */
  readonly whole: boolean;
  readonly referenceSize: number;
  readonly currentSize: number;
  /** Distinct values of both sides together. */
  readonly distinct: number;
  /** Distinct values of the reference alone. */
  readonly distinctReference: () => number;
  /** Numbers, ascending. @throws DataError for text */
  readonly sorted: () => { readonly reference: Float64Array; readonly current: Float64Array };
  readonly counts: () => ValueCounts;
  /** The same of numbers, in typed arrays. @throws DataError for text */
  readonly tallies: () => NumberTallies;
  /** For tests that draw permutations. */
  readonly seed: number;
}

/** Of two profiles of one kind, neither without values. */
export function samplesOf(
  type: 'numerical' | 'categorical',
  reference: FeatureProfile,
  current: FeatureProfile,
  seed: number,
): Samples {
  const sizes = {
    type,
    whole: isWhole(reference) && isWhole(current),
    referenceSize: presentRows(reference),
    currentSize: presentRows(current),
    seed,
  };
  const counts = lazily(() => valueCounts(reference, current));
  if (reference.kind === 'numeric' && current.kind === 'numeric') {
    const sorted = { reference: reference.sorted, current: current.sorted };
    return {
      ...sizes,
      distinct: countDistinct(sorted.reference, sorted.current),
      distinctReference: lazily(() => countDistinct(sorted.reference, new Float64Array())),
      sorted: () => sorted,
      counts,
      tallies: lazily(() => tallyNumbers(sorted.reference, sorted.current)),
    };
  }
  return {
    ...sizes,
    distinct: counts().values.length,
    distinctReference: () => counts().reference.filter((count) => count > 0).length,
    sorted: refuseText,
    counts,
    tallies: refuseText,
  };
}

function isWhole(profile: FeatureProfile): boolean {
  return profile.type === 'integer' && presentRows(profile) === profile.rows;
}

function refuseText(): never {
  throw new DataError('a test of numbers was asked for text', {
    remedy: 'correct the type of the feature in the schema, or choose a test of categories for it',
  });
}

function lazily<T>(compute: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => {
    known ??= { value: compute() };
    return known.value;
  };
}
