import type { DriftTestName } from '../../data/results/drift-test-names.ts';
import { jensenShannonFloor } from '../noise-floor/jensen-shannon-floor.ts';
import type { NoiseFloor } from '../noise-floor/noise-floor.ts';
import type { Samples } from '../samples.ts';
import type { ValueCounts } from '../value-counts.ts';
import { chiSquarePValue, jensenShannonDistance, proportionsPValue } from './counted-tests.ts';
import type { DriftTest, Measurement } from './drift-test.ts';
import { kolmogorovSmirnov } from './kolmogorov-smirnov.ts';
import { robustWasserstein } from './robust-wasserstein.ts';
import { normedWasserstein } from './wasserstein.ts';

export { type DriftTest, isDrifted, type Measurement } from './drift-test.ts';

const pValueThreshold = 0.05;
const distanceThreshold = 0.1;

/** To add a test: its function, and its entry here. */
export const driftTests = {
  ks: {
    name: 'ks',
    description: 'The two-sample Kolmogorov-Smirnov test, two-sided and exact: numbers.',
    kind: 'p_value',
    takes: ['numerical'],
    threshold: pValueThreshold,
    inclusive: true,
    measure: (samples) =>
      pValue(kolmogorovSmirnov(samples.sorted().reference, samples.sorted().current).pValue),
  },
  robust_wasserstein: {
    name: 'robust_wasserstein',
    description:
      "Wasserstein distance over the reference's interquartile range, outliers drawn in to its fences: numbers.",
    kind: 'distance',
    takes: ['numerical'],
    threshold: distanceThreshold,
    inclusive: true,
    measure: (samples) => {
      const { distance, floor } = robustWasserstein(samples.sorted().reference, samples.sorted().current);
      return aboveFloor(distance, floor);
    },
  },
  wasserstein: {
    name: 'wasserstein',
    description: "Wasserstein distance over the reference's standard deviation: numbers.",
    kind: 'distance',
    takes: ['numerical'],
    threshold: distanceThreshold,
    inclusive: true,
    measure: (samples) => distance(normedWasserstein(samples.sorted().reference, samples.sorted().current)),
  },
  chisquare: {
    name: 'chisquare',
    description: 'The chi-square test of counts: categories.',
    kind: 'p_value',
    takes: ['numerical', 'categorical'],
    threshold: pValueThreshold,
    inclusive: false,
    measure: (samples) => pValue(chiSquarePValue(samples.counts())),
  },
  z: {
    name: 'z',
    description: 'The Z test of two proportions: at most two values.',
    kind: 'p_value',
    takes: ['numerical', 'categorical'],
    threshold: pValueThreshold,
    inclusive: false,
    measure: (samples) => pValue(proportionsPValue(samples.counts())),
  },
  jensenshannon: {
    name: 'jensenshannon',
    description: 'Jensen-Shannon distance of the distributions (natural logarithm): categories, or numbers.',
    kind: 'distance',
    takes: ['numerical', 'categorical'],
    threshold: distanceThreshold,
    inclusive: true,
    measure: (samples: Samples) => measureCounts(samples.counts()),
  },
} as const satisfies { readonly [Name in DriftTestName]?: DriftTest };

function pValue(score: number): Measurement {
  return { score, pValue: score };
}

function distance(score: number): Measurement {
  return { score, pValue: null };
}

/** The Jensen-Shannon distance of counts, and what chance makes of it; neither side empty. */
export function measureCounts(counts: Omit<ValueCounts, 'values'>): Measurement {
  return aboveFloor(jensenShannonDistance(counts), jensenShannonFloor(counts));
}

function aboveFloor(score: number, floor: NoiseFloor): Measurement {
  return { score, pValue: floor.chanceOf(score), exceededWith: floor.exceededWith };
}
