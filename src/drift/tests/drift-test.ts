import type { DriftTestName } from '../../platform/drift-test-names.ts';
import { DataError } from '../../platform/errors.ts';
import type { NoiseFloor } from '../noise-floor/noise-floor.ts';
import type { Samples } from '../samples.ts';

export interface Measurement {
  /** What is compared with the threshold: the p-value of a p-value test, else the distance. */
  readonly score: number;
  /** Chance of a score at least so extreme where nothing moved; null where it is not known. */
  readonly pValue: number | null;
  /** The distance that two samples of these sizes from the reference exceed with the given chance, where that is known. */
  readonly exceededWith?: (chance: number) => number;
  /** Chance that the distance reaches a threshold where the values are shifted by so many robust deviations. */
  readonly reachedBy?: ((shift: number, threshold: number) => number) | undefined;
  /** What the reader should know of this score, such as that it was counted by permutation. */
  readonly note?: string;
}

export interface DriftTest {
  readonly name: DriftTestName;
  /** What `explain` says of it, one sentence. */
  readonly description: string;
  readonly kind: 'p_value' | 'distance';
  /** Types of features that it can be asked for. */
  readonly takes: readonly ('numerical' | 'categorical' | 'text' | 'embedding')[];
  readonly threshold: number;
  /** Whether a score equal to the threshold counts as drift. */
  readonly inclusive: boolean;
  /** @throws NotDefinedError where it has no score for these samples, saying why */
  measure(samples: Samples): Measurement;
}

/** A test has no score for these samples; the message says why, and stands as the feature's note. */
export class NotDefinedError extends DataError {}

export function isDrifted(
  test: Pick<DriftTest, 'kind' | 'inclusive'>,
  score: number,
  threshold: number,
): boolean {
  if (score === threshold) return test.inclusive;
  return test.kind === 'p_value' ? score < threshold : score > threshold;
}

export const pValueThreshold = 0.05;
export const distanceThreshold = 0.1;

export function pValue(score: number, note?: string): Measurement {
  return note === undefined ? { score, pValue: score } : { score, pValue: score, note };
}

export function distance(score: number): Measurement {
  return { score, pValue: null };
}

/** A distance of which it is known what chance makes of it. */
export function aboveFloor(score: number, floor: NoiseFloor): Measurement {
  return {
    score,
    pValue: floor.chanceOf(score),
    exceededWith: floor.exceededWith,
    reachedBy: floor.reachedBy,
  };
}
