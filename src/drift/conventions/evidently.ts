import type { Samples } from '../samples.ts';
import { type DriftTest, driftTests } from '../tests/index.ts';
import type { DriftConvention } from './convention.ts';

const largeReference = 1_000;
const fewDistinct = 5;
/** `DataDriftPreset`'s drift_share: the dataset has drifted where so many of the columns have. */
const datasetShare = 0.5;

/** Evidently 0.7.23: its default tests by type and size, each decided alone by its fixed threshold. */
export const evidentlyConvention: DriftConvention = {
  name: 'evidently',
  types: 'evidently',
  chooseTest(type: 'numerical' | 'categorical', samples: Samples): DriftTest {
    const counted = type === 'categorical' || samples.distinct <= fewDistinct;
    if (samples.referenceSize > largeReference)
      return counted ? driftTests.jensenshannon : driftTests.wasserstein;
    if (!counted) return driftTests.ks;
    return driftTests[samples.distinct <= 2 ? 'evidently:z' : 'evidently:chisquare'];
  },
  decide: (features) => features.map(({ feature }) => feature),
  verdictInWords: (share) =>
    `Evidently's own verdict: ${share >= datasetShare ? 'dataset drift' : 'no dataset drift'}, which it calls from a share of ${datasetShare} on`,
};
