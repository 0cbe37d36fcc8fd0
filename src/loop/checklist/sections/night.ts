import { lengthInWords } from '../../../health/in-words.ts';
import { toIso } from '../../../platform/clock.ts';
import { dayMs } from '../../../platform/durations.ts';
import { worstVerdict } from '../../../platform/exit-codes.ts';
import {
  lastMonitoringRun,
  lastPredictionAt,
  type MonitoringRunSummary,
  newestMonitoringRuns,
} from '../../../store/index.ts';
import type { Section } from '../section.ts';

const mostRuns = 5;

export const nightSection: Section = {
  name: 'monitoring',
  title: "The night's monitoring",
  lists: ['morning'],
  needs: 'store',
  examine: ({ now }, store) => {
    const runs = newestMonitoringRuns(store, { from: now - dayMs, until: now, most: mostRuns });
    const [newest] = runs;
    if (newest !== undefined) {
      const status = worstVerdict([newest.status]);
      return {
        status,
        lines: runs.map(runInWords),
        remedy: status === 'OK' || newest.report === null ? null : `read ${newest.report}`,
      };
    }
    const last = lastMonitoringRun(store, now);
    if (last === undefined && lastPredictionAt(store, now) === undefined)
      return { status: 'OK', lines: ['no predictions yet, nothing to monitor'], remedy: null };
    const since =
      last === undefined ? 'monitoring has never run' : `the last was ${lengthInWords(now - last.at)} ago`;
    return {
      status: 'WARNING',
      lines: [`no run in the last 24 hours; ${since}`],
      remedy: 'mlops monitor; then let cron run it every day',
    };
  },
};

export function runInWords(run: MonitoringRunSummary): string {
  return `${toIso(run.at)}  ${run.status}, run ${run.run_id}: ${run.rows} predictions, ${run.features_drifted} of ${run.features_total} features drifted`;
}
