import { gateCriteria } from '../gate/criteria.ts';
import { dayMs } from '../platform/durations.ts';
import { grouped, percent } from '../report/figures.ts';
import { labelCoverageOfNewest } from '../store/index.ts';
import { type Check, notMeasured } from './check.ts';
import { counted } from './in-words.ts';

/** Labels are given so many days to arrive; the predictions of as many days before that are judged. */
const patienceDays = 30;
/** At most so many of them, the newest: bounded work on a store of any size. */
const mostPredictions = 5_000;

/** Enough predictions have their label by the time labels are due; below that the gate would reject any challenger. */
export const checkLabels: Check = {
  name: 'label_coverage',
  contact: 'model_performance',
  needs: 'store',
  examine: ({ workspace, store, now }) => {
    const until = now - patienceDays * dayMs;
    const window = { from: until - patienceDays * dayMs, until, knownAt: now, most: mostPredictions };
    const { predictions, labelled, share } = store.read(() => labelCoverageOfNewest(store, window));
    if (predictions === 0)
      return notMeasured(
        `no predictions of ${patienceDays} to ${2 * patienceDays} days ago, when labels are due`,
      );
    const { preset, overrides } = workspace.config.gate;
    const threshold = gateCriteria(preset, overrides).minimumCoverage;
    const low = share < threshold;
    return {
      status: low ? 'WARNING' : 'OK',
      summary: `${grouped(labelled)} of ${counted(predictions, 'prediction')} of ${patienceDays} to ${2 * patienceDays} days ago are labelled (${percent(share)})`,
      observed: share,
      threshold,
      limits: { alarms: 'below', warning: threshold, critical: null },
      unit: 'share',
      remedy: low ? 'ask where the labels are, then: mlops labels add FILE' : null,
    };
  },
};
