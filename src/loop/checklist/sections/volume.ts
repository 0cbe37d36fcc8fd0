import { measureVolume } from '../../../health/measure-volume.ts';
import { dayMs } from '../../../platform/durations.ts';
import { sparkline } from '../../../report/sparkline.ts';
import { statsLine } from '../../../report/stats-view.ts';
import { firstPredictionAt } from '../../../store/index.ts';
import { predictionStats } from '../../operating/read-stats.ts';
import { nothingHere, type Section } from '../section.ts';

const widestChart = 72;

export const volumeSection: Section = {
  name: 'volume',
  title: 'Prediction volume',
  lists: ['morning'],
  needs: 'store',
  examine: ({ workspace, now }, store) => {
    const first = firstPredictionAt(store);
    if (first === undefined || first > now) return nothingHere('no predictions yet');
    const { status, sentence } = measureVolume(workspace, store, now);
    const stats = predictionStats(store, { window: dayMs, by: 'hour' }, now);
    return {
      // Too young a history is judged by nobody.
      status: status === 'UNKNOWN' ? 'OK' : status,
      lines: [
        statsLine(stats),
        `by hour ${sparkline(
          stats.groups.map((each) => each.predictions),
          widestChart,
        )}`,
        ...(status === 'OK' ? [] : [sentence]),
      ],
      remedy:
        status === 'WARNING' || status === 'CRITICAL'
          ? 'mlops stats --window 7d; then see whether the API answers'
          : null,
    };
  },
};
