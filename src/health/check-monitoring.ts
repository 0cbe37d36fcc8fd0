import { monitorResultDefinition } from '../data/results/monitor.ts';
import { hourMs } from '../platform/durations.ts';
import { worstVerdict } from '../platform/exit-codes.ts';
import { firstPredictionAt, lastMonitoringRun, type MonitoringRunRow } from '../store/index.ts';
import { type Configuration, durationMs, parseScheduledTime, periodMs } from '../workspace/index.ts';
import { type Check, type Finding, notMeasured } from './check.ts';
import { contactOf } from './check-contacts.ts';
import { lengthInWords } from './in-words.ts';

/**
 * Monitoring has run within twice its schedule's period, or twice its lookback where mlops.yaml names no schedule, and
 * what the last run said, which stands until another run: also a CRITICAL run that has grown old is no all-clear.
 */
export const checkMonitoring: Check = {
  name: 'monitoring',
  contact: 'infrastructure',
  needs: 'store',
  examine: ({ workspace, store, now }) => {
    const limit = longestAge(workspace.config);
    const { run, first } = store.read(() => ({
      run: lastMonitoringRun(store, now),
      first: firstPredictionAt(store),
    }));
    if (run !== undefined) return judgeRun(run, now - run.at, limit);
    if (first === undefined || first > now) return notMeasured('no predictions yet, nothing to monitor');
    return {
      status: 'WARNING',
      summary: 'predictions are recorded and monitoring has never run',
      observed: null,
      threshold: limit / hourMs,
      unit: 'hours',
      remedy: 'run it: mlops monitor; then let cron run it every day',
    };
  },
};

/** Milliseconds after which a run was missed. */
function longestAge({ schedule, monitoring }: Configuration): number {
  const scheduled = parseScheduledTime(schedule.monitor ?? '');
  return 2 * (scheduled === undefined ? durationMs(monitoring.lookback) : periodMs(scheduled));
}

type JudgedRun = Pick<MonitoringRunRow, 'run_id' | 'status' | 'rows' | 'report' | 'result'>;

const saidDefinition = monitorResultDefinition.pick({ checks: true });

/** @param age since the run, @param limit above which it is stale: milliseconds */
export function judgeRun(run: JudgedRun, age: number, limit: number): Finding {
  const stale = age > limit;
  const { checks } = saidDefinition.parse(JSON.parse(run.result));
  const told = checks.filter(({ name, status }) => name === 'drift' || status === run.status);
  const said =
    run.status === 'UNKNOWN'
      ? `too little to judge in ${run.rows} rows`
      : told.map(({ summary }) => summary).join('; ');
  const [worst] = checks.filter(({ status }) => status === run.status);
  return {
    status: worstVerdict([stale ? 'WARNING' : 'OK', run.status]),
    summary: `run ${run.run_id}, ${lengthInWords(Math.max(0, age))} ago, said ${run.status}: ${said}`,
    observed: age / hourMs,
    threshold: limit / hourMs,
    unit: 'hours',
    remedy: stale
      ? 'run it: mlops monitor; then see why the schedule did not: mlops schedule print cron'
      : remedyOf(run),
    ...(stale || run.status === 'OK' ? {} : { contact: contactOf[worst?.name ?? 'drift'] }),
  };
}

function remedyOf({ status, report }: JudgedRun): string | null {
  if (status === 'OK') return null;
  if (status === 'UNKNOWN')
    return 'wait for more predictions, or lengthen monitoring.lookback in mlops.yaml, then: mlops monitor';
  const look = report === null ? 'run mlops monitor again' : `read ${report}`;
  return `${look}; a data issue: mend the pipeline, do not retrain; genuine drift: mlops heal; unsure: escalate`;
}
