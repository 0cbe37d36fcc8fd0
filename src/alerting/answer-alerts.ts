import { toIso } from '../platform/clock.ts';
import { NoInputError, UsageError } from '../platform/errors.ts';
import {
  type AlertRow,
  acknowledgeAlert,
  addSilence,
  alertHistory,
  alertRow,
  endSilences,
  escalationOfAlert,
  noteIncident,
  recordEvent,
  type Store,
} from '../store/index.ts';
import { type Configuration, ruleDefaults } from '../workspace/index.ts';
import { endEscalation } from './escalation/advance-escalations.ts';
import { escalationRule } from './escalation/escalation-rule.ts';

export interface Answer {
  readonly who: string;
  readonly reason: string | null;
  readonly now: number;
}

/**
 * Somebody has taken the alert: it is not repeated until it rises. An escalation ends with
 * it, which those who were asked are told; its incident stays open. Call it
 * inside a transaction.
 * @throws NoInputError when there is no such alert; UsageError when it is closed
 */
export function acknowledge(
  store: Store,
  config: Configuration,
  id: number,
  { who, reason, now }: Answer,
): AlertRow {
  const alert = requireAlert(store, id);
  if (alert.closed_at !== null) {
    throw new UsageError(`alert ${id} is closed already`, {
      why: `it was closed at ${toIso(alert.closed_at)}`,
      remedy: 'see what is open: mlops alerts',
    });
  }
  acknowledgeAlert(store, id, { at: now, who, reason });
  const escalation = alert.rule === escalationRule ? escalationOfAlert(store, id) : undefined;
  if (escalation !== undefined) {
    const taken = `${who} has taken it${reason === null ? '' : `: ${reason}`}`;
    noteIncident(store, escalation.incident_id, `${toIso(now)} ${taken}`);
    endEscalation(store, config, escalation, 'acknowledged', taken, now);
  }
  recordEvent(store, {
    at: now,
    who,
    command: 'alerts ack',
    reason: reason ?? 'acknowledged',
    before: null,
    after: { alert: id, name: alert.name, severity: alert.severity },
  });
  return requireAlert(store, id);
}

export function requireAlert(store: Store, id: number): AlertRow {
  const alert = alertRow(store, id);
  if (alert !== undefined) return alert;
  throw new NoInputError(`there is no alert ${id}`, { remedy: 'see which there are: mlops alerts --all' });
}

export interface Silencing {
  readonly name: string;
  readonly until: number;
  readonly reason: string;
  readonly who: string;
  readonly now: number;
}

/**
 * Nobody is told of the alerts of that name, or of that rule, until then. Call it inside a transaction.
 * @throws UsageError when no rule and no alert has that name, or the time is past
 */
export function silence(store: Store, { name, until, reason, who, now }: Silencing): void {
  requireName(store, name);
  if (until <= now) {
    throw new UsageError(`--until ${toIso(until)} is past`, {
      remedy: 'name a time to come, or a length such as 2h',
    });
  }
  addSilence(store, { name, from_at: now, until_at: until, reason, who });
  const after = { name, until: toIso(until) };
  recordEvent(store, { at: now, who, command: 'alerts silence', reason, before: null, after });
}

/** @throws UsageError when no silence of that name holds */
export function unsilence(store: Store, { name, reason, who, now }: Omit<Silencing, 'until'>): void {
  if (endSilences(store, name, now) === 0) {
    throw new UsageError(`'${name}' is not silenced`, { remedy: 'see what is: mlops alerts' });
  }
  recordEvent(store, {
    at: now,
    who,
    command: 'alerts silence --end',
    reason,
    before: { name },
    after: null,
  });
}

/** Alerts looked at for names that no rule has, such as a service's. */
const recent = 1_000;

function requireName(store: Store, name: string): void {
  const rules = Object.keys(ruleDefaults);
  const [rule = ''] = name.split(':');
  if (rules.includes(name) || (name.includes(':') && rules.includes(rule))) return;
  if (alertHistory(store, recent).some((alert) => alert.name === name)) return;
  throw new UsageError(`no rule and no alert is called '${name}'`, {
    why: `rules are ${rules.join(', ')}`,
    remedy: 'write one of them, or one alert of it such as api_latency:API',
  });
}
