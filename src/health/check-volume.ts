import { firstPredictionAt } from '../store/index.ts';
import { type Check, notMeasured } from './check.ts';
import { measureVolume } from './measure-volume.ts';

/** Predictions of the last 24 hours against what is expected a day, and of the last hour against what it normally brings. */
export const checkVolume: Check = {
  name: 'volume',
  contact: 'api_down',
  needs: 'store',
  examine: ({ workspace, store, now }) => {
    const first = store.read(() => firstPredictionAt(store));
    if (first === undefined || first > now) return notMeasured('no predictions yet');
    const { status, sentence, last_day } = store.read(() => measureVolume(workspace, store, now));
    if (status === 'UNKNOWN') return notMeasured(sentence);
    const [low, high] = workspace.config.monitoring.volume.expected_per_day;
    return {
      status,
      summary: `${sentence}; ${low} to ${high} a day expected`,
      observed: last_day,
      threshold: low,
      unit: 'per_day',
      remedy: status === 'OK' ? null : remedy,
    };
  },
};

const remedy =
  'see whether the API answers and its callers reach it, and that its predictions are recorded here; if there are too many, who sends them';
