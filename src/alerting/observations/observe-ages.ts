import { hourMs } from '../../platform/durations.ts';
import { figure } from '../../report/figures.ts';
import {
  firstEventAt,
  firstPredictionAt,
  lastEventOf,
  lastMonitoringRun,
  type Store,
} from '../../store/index.ts';
import type { RuleName } from '../../workspace/index.ts';
import type { Observation } from './observation.ts';

/** How long ago monitoring, export and backup were: what should happen by itself is missed by its age alone. */
export function observeAges(store: Store, at: number): readonly Observation[] {
  const begun = firstEventAt(store);
  return [
    age('monitoring_age', 'monitoring run', lastMonitoringRun(store, at)?.at, firstPredictionAt(store), at),
    age('export_age', 'export', lastEventOf(store, 'export', at), begun, at),
    age('backup_age', 'backup', lastEventOf(store, 'backup', at), begun, at),
  ];
}

function age(
  rule: RuleName,
  what: string,
  last: number | undefined,
  since: number | undefined,
  at: number,
): Observation {
  const from = last ?? since;
  const hours = from === undefined || from > at ? null : (at - from) / hourMs;
  const told = hours === null ? 'nothing is recorded yet' : inWords(hours);
  const summary =
    last === undefined && hours !== null
      ? `no ${what} in the ${told} since the first record`
      : `last ${what}: ${told}${hours === null ? '' : ' ago'}`;
  return { kind: 'value', rule, at, value: hours, sample: null, summary };
}

function inWords(hours: number): string {
  return hours < 48 ? `${figure(hours)} hours` : `${Math.floor(hours / 24)} days`;
}
