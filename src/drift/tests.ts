import type { DriftFeature } from '../data/results/drift.ts';
import { chiSquarePValue, jensenShannonDistance, proportionsPValue } from './counted-tests.ts';
import type { FeatureType } from './feature-types.ts';
import { kolmogorovSmirnov } from './kolmogorov-smirnov.ts';
import type { ValueCounts } from './value-counts.ts';
import { normedWasserstein } from './wasserstein.ts';

/** Both sides of one feature as the tests need them: values sorted, or counted. Neither side is empty. */
export interface Samples {
  readonly referenceSize: number;
  readonly distinct: number;
  readonly sorted: () => { readonly reference: Float64Array; readonly current: Float64Array };
  readonly counts: () => ValueCounts;
}

export interface DriftTest {
  readonly name: Exclude<DriftFeature['test'], 'none'>;
  readonly kind: 'p_value' | 'distance';
  readonly threshold: number;
  /** Whether a score equal to the threshold counts as drift. */
  readonly inclusive: boolean;
  readonly score: (samples: Samples) => number;
}

const pValueThreshold = 0.05;
const distanceThreshold = 0.1;

/** Thresholds and comparisons as Evidently 0.7.23 has them. To add a test: its function, and its entry here. */
export const driftTests = {
  ks: {
    name: 'ks',
    kind: 'p_value',
    threshold: pValueThreshold,
    inclusive: true,
    score: (samples) => kolmogorovSmirnov(samples.sorted().reference, samples.sorted().current).pValue,
  },
  wasserstein: {
    name: 'wasserstein',
    kind: 'distance',
    threshold: distanceThreshold,
    inclusive: true,
    score: (samples) => normedWasserstein(samples.sorted().reference, samples.sorted().current),
  },
  chisquare: {
    name: 'chisquare',
    kind: 'p_value',
    threshold: pValueThreshold,
    inclusive: false,
    score: (samples) => chiSquarePValue(samples.counts()),
  },
  z: {
    name: 'z',
    kind: 'p_value',
    threshold: pValueThreshold,
    inclusive: false,
    score: (samples) => proportionsPValue(samples.counts()),
  },
  jensenshannon: {
    name: 'jensenshannon',
    kind: 'distance',
    threshold: distanceThreshold,
    inclusive: true,
    score: (samples) => jensenShannonDistance(samples.counts()),
  },
} as const satisfies Readonly<Record<string, DriftTest>>;

const largeReference = 1_000;
const fewDistinct = 5;

/** Evidently 0.7.23's default test for a feature of that type and size. */
export function chooseTest(type: Exclude<FeatureType, 'text'>, samples: Samples): DriftTest {
  const counted = type === 'categorical' || samples.distinct <= fewDistinct;
  if (samples.referenceSize > largeReference)
    return counted ? driftTests.jensenshannon : driftTests.wasserstein;
  if (!counted) return driftTests.ks;
  return samples.distinct <= 2 ? driftTests.z : driftTests.chisquare;
}

export function isDrifted(test: DriftTest, score: number): boolean {
  if (score === test.threshold) return test.inclusive;
  return test.kind === 'p_value' ? score < test.threshold : score > test.threshold;
}
