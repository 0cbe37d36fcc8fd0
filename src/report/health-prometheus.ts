import type { HealthCheck } from '../data/results/health.ts';
import { type Verdict, verdictExitCode } from '../platform/exit-codes.ts';
import type { ExaminedWorkspace } from './health-nagios.ts';
import { type Labels, metric, type Sample } from './prometheus-metric.ts';

/** Prometheus' text exposition format 0.0.4, for a scrape or the node exporter's textfile folder. */
export function healthPrometheus(status: Verdict, examined: readonly ExaminedWorkspace[]): string {
  const several = examined.some((each) => each.workspace !== null);
  const checks = examined.flatMap(({ workspace, result }) =>
    (result?.checks ?? []).map((check) => ({ check, labels: named(workspace, { check: check.name }) })),
  );
  return [
    ...(several
      ? metric('mlops_health_sweep_status', `Worst verdict of all workspaces, ${codes}`, [
          { labels: {}, value: verdictExitCode(status) },
        ])
      : []),
    ...metric(
      'mlops_health_status',
      `Worst verdict of the workspace's checks, ${codes}`,
      examined.map((each) => ({ labels: named(each.workspace), value: verdictExitCode(each.status) })),
    ),
    ...metric(
      'mlops_health_check_status',
      `Verdict of a check, ${codes}`,
      checks.map(({ check, labels }) => ({ labels, value: verdictExitCode(check.status) })),
    ),
    ...metric('mlops_health_check_value', 'What a check measured, in its unit', checks.flatMap(measuredBy)),
    ...metric(
      'mlops_health_check_limit',
      'Value above or below which a check alarms',
      checks.flatMap(limitsOf),
    ),
    ...metric(
      'mlops_health_timestamp_seconds',
      'When the checks were made',
      examined.flatMap(({ workspace, result }) =>
        result === null ? [] : [{ labels: named(workspace), value: Date.parse(result.generated_at) / 1000 }],
      ),
    ),
    '',
  ].join('\n');
}

const codes = '0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN';

function named(workspace: string | null, labels: Labels = {}): Labels {
  return workspace === null ? labels : { workspace, ...labels };
}

interface LabelledCheck {
  readonly check: HealthCheck;
  readonly labels: Labels;
}

function measuredBy({ check: { observed, unit }, labels }: LabelledCheck): readonly Sample[] {
  return observed === null || unit === null ? [] : [{ labels: { ...labels, unit }, value: observed }];
}

function limitsOf({ check: { limits }, labels }: LabelledCheck): readonly Sample[] {
  if (limits === null) return [];
  return (['warning', 'critical'] as const).flatMap((level) => {
    const value = limits[level];
    return value === null ? [] : [{ labels: { ...labels, level, alarms: limits.alarms }, value }];
  });
}
