import type { DriftTestName } from '../../data/results/drift-test-names.ts';
import type { Samples } from '../samples.ts';

export interface Measurement {
  /** What is compared with the threshold: the p-value of a p-value test, else the distance. */
  readonly score: number;
  /** Chance of a score at least so extreme where nothing moved; null where it is not known. */
  readonly pValue: number | null;
  /** The distance that two samples of these sizes from the reference exceed with the given chance, where that is known. */
  readonly exceededWith?: (chance: number) => number;
  /** What the reader should know of this score, such as that it was counted by permutation. */
  readonly note?: string;
}

export interface DriftTest {
  readonly name: DriftTestName;
  /** What `explain` says of it, one sentence. */
  readonly description: string;
  readonly kind: 'p_value' | 'distance';
  /** Types of features that it can be asked for. */
  readonly takes: readonly ('numerical' | 'categorical')[];
  readonly threshold: number;
  /** Whether a score equal to the threshold counts as drift. */
  readonly inclusive: boolean;
  /** @throws DataError where it is not defined for these samples, saying why */
  measure(samples: Samples): Measurement;
}

export function isDrifted(
  test: Pick<DriftTest, 'kind' | 'inclusive'>,
  score: number,
  threshold: number,
): boolean {
  if (score === threshold) return test.inclusive;
  return test.kind === 'p_value' ? score < threshold : score > threshold;
}
