import { existsSync } from 'node:fs';
import { dayMs } from '../../../platform/durations.ts';
import { newestMonitoringRuns } from '../../../store/index.ts';
import { nothingHere, type Section } from '../section.ts';
import { runInWords } from './night.ts';

const newestRuns = 5;

export const driftReportsSection: Section = {
  name: 'drift_reports',
  title: 'Latest drift reports',
  lists: ['monday'],
  needs: 'store',
  examine: ({ now }, store) => {
    const runs = newestMonitoringRuns(store, { from: 0, until: now, most: newestRuns });
    if (runs.length === 0) return nothingHere('monitoring has never run');
    return {
      status: 'OK',
      lines: runs.flatMap((run) => [
        runInWords(run),
        ...(run.report === null ? [] : [`  ${run.report}${existsSync(run.report) ? '' : ', which is gone'}`]),
      ]),
      remedy: now - (runs[0]?.at ?? now) > 7 * dayMs ? 'mlops monitor' : null,
    };
  },
};
