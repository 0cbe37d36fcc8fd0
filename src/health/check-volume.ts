import { figure } from '../report/figures.ts';
import { firstPredictionAt, hourlyVolume } from '../store/index.ts';
import { type Check, notMeasured } from './check.ts';
import { dayMs, hourMs } from './in-words.ts';
import { judgeVolume, type VolumeLimits, volumeFigures } from './judge-volume.ts';

/** Predictions of the last 24 hours, or since the first one; nothing is judged before a whole hour has passed. */
export const checkVolume: Check = {
  name: 'volume',
  contact: 'api_down',
  needs: 'store',
  examine: ({ workspace, store, now }) => {
    const first = store.read(() => firstPredictionAt(store));
    if (first === undefined || first > now) return notMeasured('no predictions yet');
    const length = Math.min(dayMs, now - first);
    if (length < hourMs) return notMeasured('the first prediction was made within the last hour');
    const counts = store.read(() => hourlyVolume(store, now - length, now + 1));
    const limits = workspace.config.monitoring.volume;
    const { status, decidedBy, observed, threshold, ...figures } = judgeVolume(
      volumeFigures(counts, length / hourMs),
      limits,
    );
    const [low, high] = limits.expected_per_day;
    return {
      status,
      summary: `${figure(Math.round(figures.perDay))} a day, ${figure(Number(figures.perHour.toFixed(1)))} an hour, ${figure(figures.busiestHour)} in the busiest; ${figure(low)} to ${figure(high)} a day expected`,
      observed,
      threshold,
      unit: decidedBy === 'expected_per_day' ? 'per_day' : 'per_hour',
      remedy: remedies[decidedBy],
    };
  },
};

const whenLow =
  'see whether the API answers and its callers reach it, and that its predictions are recorded here';

const remedies: Readonly<Record<keyof VolumeLimits, string | null>> = {
  expected_per_day: null,
  critical_per_hour: whenLow,
  warning_per_hour: whenLow,
  unusual_per_hour: 'find out who sends so much: a batch, a test, a caller that repeats itself',
};
