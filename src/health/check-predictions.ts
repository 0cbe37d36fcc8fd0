import { hourMs } from '../platform/durations.ts';
import { lastPredictionAt } from '../store/index.ts';
import { durationMs } from '../workspace/index.ts';
import { type Check, type Finding, notMeasured } from './check.ts';
import { lengthInWords } from './in-words.ts';

/**
 * The newest prediction lies within the monitoring window; else the next run has nothing to look at. Without any prediction
 * that is a fault only when a version has been in the store for longer than the window.
 */
export const checkPredictions: Check = {
  name: 'predictions',
  contact: 'api_down',
  needs: 'store',
  examine: ({ workspace, store, now, production }) => {
    const last = store.read(() => lastPredictionAt(store, now));
    const registered = production()?.createdAt;
    return judgeLastPrediction(
      last === undefined ? undefined : now - last,
      registered === undefined ? undefined : now - registered,
      durationMs(workspace.config.monitoring.lookback),
    );
  },
};

/** Ages and limit in milliseconds; undefined where there is no prediction, no Production version. */
export function judgeLastPrediction(
  age: number | undefined,
  productionAge: number | undefined,
  limit: number,
): Finding {
  const remedy =
    'see whether the API answers and reaches this store, or import its predictions: mlops predictions import FILE';
  const judged = { threshold: limit / hourMs, unit: 'hours' } as const;
  if (age !== undefined) {
    const summary = `the newest was made ${lengthInWords(age)} ago`;
    return age > limit
      ? { ...judged, status: 'WARNING', summary, observed: age / hourMs, remedy }
      : { ...judged, status: 'OK', summary, observed: age / hourMs, remedy: null };
  }
  if (productionAge === undefined || productionAge <= limit) return notMeasured('none recorded yet');
  return {
    ...judged,
    status: 'WARNING',
    summary: `none recorded, and the Production version was registered ${lengthInWords(productionAge)} ago`,
    observed: null,
    remedy,
  };
}
