import type { MonitorResult } from '../../data/results/monitor.ts';
import type { Observation } from './observation.ts';
import { observePerformance } from './observe-performance.ts';
import { observeVolume } from './observe-volume.ts';

const takenOver = ['data_issues', 'missing_values', 'outliers'] as const;

/** What a monitoring run says to the rules. */
export function observeMonitoring(run: Omit<MonitorResult, 'run_id'>, at: number): readonly Observation[] {
  const { drift, rows, checks, volume, performance } = run;
  const summaryOf = (name: string) => checks.find((check) => check.name === name);
  return [
    {
      kind: 'value',
      rule: 'drift',
      at,
      value: drift?.share_drifted ?? null,
      sample: rows,
      summary: summaryOf('drift')?.summary ?? '',
    },
    ...takenOver.flatMap((rule): readonly Observation[] => {
      const check = summaryOf(rule);
      // Over too few rows nothing was looked for: that is no all-clear.
      if (check === undefined || drift === null || drift.status === 'UNKNOWN') return [];
      return [{ kind: 'verdict', rule, at, status: check.status, summary: check.summary }];
    }),
    ...observeVolume(volume, at),
    ...(performance === null ? [] : observePerformance(performance, performance.baseline_f1, at)),
  ];
}
