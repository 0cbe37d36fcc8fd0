import type { HealthCheck, HealthResult } from '../data/results/health.ts';
import type { Verdict } from '../platform/exit-codes.ts';

export interface ExaminedWorkspace {
  /** Null where there is only one; otherwise it names what is told of it. */
  readonly workspace: string | null;
  readonly status: Verdict;
  readonly result: HealthResult | null;
  readonly failure: { readonly error: string } | null;
}

/** One line of the Nagios plugin convention: `OK - text | label=value[unit];warning;critical;minimum;maximum …`. */
export function healthNagios(status: Verdict, examined: readonly ExaminedWorkspace[]): string {
  const text = examined.map(textOf).join('; ');
  const data = examined.flatMap(({ workspace, result }) =>
    (result?.checks ?? []).flatMap((check) => performanceData(workspace, check)),
  );
  return data.length === 0 ? `${status} - ${text}` : `${status} - ${text} | ${data.join(' ')}`;
}

function textOf({ workspace, result, failure }: ExaminedWorkspace): string {
  const prefix = workspace === null ? '' : `${workspace}: `;
  if (result === null) return oneLine(`${prefix}${failure?.error ?? 'not judged'}`);
  const well = result.checks.filter((each) => each.status === 'OK').length;
  const faults = result.checks
    .filter((each) => each.status !== 'OK')
    .map((each) => `${each.status} ${each.name}: ${each.summary}`);
  return oneLine(`${prefix}${[`${well} of ${result.checks.length} checks OK`, ...faults].join('; ')}`);
}

/** A bar would begin the performance data. */
function oneLine(text: string): string {
  return text.replaceAll('|', '/').replace(/\s+/g, ' ');
}

interface Scale {
  readonly unit: string;
  readonly factor: number;
  readonly minimum: string;
  readonly maximum: string;
}

const plain: Scale = { unit: '', factor: 1, minimum: '0', maximum: '' };
/** The convention knows seconds, percent, bytes and numbers without a unit. */
const scales: Readonly<Record<NonNullable<HealthCheck['unit']>, Scale>> = {
  problems: plain,
  rows: plain,
  bytes: { ...plain, unit: 'B' },
  share: { unit: '%', factor: 100, minimum: '0', maximum: '100' },
  hours: { ...plain, unit: 's', factor: 3600 },
  per_hour: plain,
  per_day: plain,
  per_core: plain,
  ms: { ...plain, unit: 'ms' },
  score: { ...plain, maximum: '1' },
  exit_code: plain,
};

function performanceData(workspace: string | null, check: HealthCheck): readonly string[] {
  const { observed, unit, limits } = check;
  if (observed === null || unit === null) return [];
  const { factor, minimum, maximum, ...scale } = scales[unit];
  const number = (value: number) => String(Number((value * factor).toPrecision(6)));
  // `10:` alarms below ten.
  const limit = (value: number | null) =>
    value === null ? '' : limits?.alarms === 'below' ? `${number(value)}:` : number(value);
  const label = workspace === null ? check.name : `${workspace}/${check.name}`;
  const fields = [
    `${number(observed)}${scale.unit}`,
    limit(limits?.warning ?? null),
    limit(limits?.critical ?? null),
    minimum,
    maximum,
  ];
  return [`${quoted(label)}=${fields.join(';')}`];
}

function quoted(label: string): string {
  return /[\s='"]/.test(label) ? `'${label.replaceAll('=', ' ').replaceAll("'", "''")}'` : label;
}
