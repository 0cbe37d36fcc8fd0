import type { DriftTestName } from '../../data/results/drift-test-names.ts';
import type { Samples } from '../samples.ts';
import { chiSquarePValue, jensenShannonDistance, proportionsPValue } from './counted-tests.ts';
import type { DriftTest, Measurement } from './drift-test.ts';
import { kolmogorovSmirnov } from './kolmogorov-smirnov.ts';
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
    measure: (samples: Samples) => distance(jensenShannonDistance(samples.counts())),
  },
} as const satisfies { readonly [Name in DriftTestName]?: DriftTest };

function pValue(score: number): Measurement {
  return { score, pValue: score };
}

function distance(score: number): Measurement {
  return { score, pValue: null };
}
