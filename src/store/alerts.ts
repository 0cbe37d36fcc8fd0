import { InternalError } from '../platform/errors.ts';
import type { Store } from './store.ts';

export interface AlertRow {
  readonly alert_id: number;
  /** The rule, and after a colon what it is about where there are several: `api_latency:API`. */
  readonly name: string;
  readonly rule: string;
  readonly severity: 'WARNING' | 'CRITICAL';
  readonly summary: string;
  readonly contact: string;
  readonly opened_at: number;
  readonly last_seen_at: number;
  readonly closed_at: number | null;
  readonly observed: number | null;
  readonly threshold: number | null;
  readonly unit: string | null;
  readonly acknowledged_at: number | null;
  readonly acknowledged_by: string | null;
  readonly acknowledged_reason: string | null;
  readonly notified_at: number | null;
  readonly notified_severity: 'WARNING' | 'CRITICAL' | null;
}

export type RaisedAlert = Pick<
  AlertRow,
  'name' | 'rule' | 'severity' | 'summary' | 'contact' | 'observed' | 'threshold' | 'unit'
>;

/** Opens an alert, or renews the open one of that name. A rise in severity takes an acknowledgement back. @returns it as it now is */
export function raiseAlert(store: Store, alert: RaisedAlert, at: number): AlertRow {
  store.connection
    .prepare(
      `INSERT INTO alert (name, rule, severity, summary, contact, observed, threshold, unit, opened_at, last_seen_at)
       VALUES (@name, @rule, @severity, @summary, @contact, @observed, @threshold, @unit, @at, @at)
       ON CONFLICT (name) WHERE closed_at IS NULL
       DO UPDATE SET severity = excluded.severity, summary = excluded.summary, contact = excluded.contact,
         observed = excluded.observed, threshold = excluded.threshold, unit = excluded.unit, last_seen_at = excluded.last_seen_at,
         acknowledged_at = iif(alert.severity = 'WARNING' AND excluded.severity = 'CRITICAL', NULL, acknowledged_at)`,
    )
    .run({ ...alert, at });
  const [row] = openAlerts(store).filter((each) => each.name === alert.name);
  if (row === undefined) throw new InternalError(`the alert ${alert.name} was not stored`);
  return row;
}

/** Closes the open alert of that name. @returns it as it was; undefined where there is none */
export function closeAlert(store: Store, name: string, at: number): AlertRow | undefined {
  return store.connection
    .prepare<[number, string], AlertRow>(
      'UPDATE alert SET closed_at = ? WHERE name = ? AND closed_at IS NULL RETURNING *',
    )
    .get(at, name);
}

/** Oldest first. */
export function openAlerts(store: Store): readonly AlertRow[] {
  return store.connection
    .prepare<[], AlertRow>('SELECT * FROM alert WHERE closed_at IS NULL ORDER BY opened_at, alert_id')
    .all();
}

/** Open and closed ones, newest first, at most so many. */
export function alertHistory(store: Store, most: number): readonly AlertRow[] {
  return store.connection
    .prepare<[number], AlertRow>('SELECT * FROM alert ORDER BY alert_id DESC LIMIT ?')
    .all(most);
}

export function alertRow(store: Store, alertId: number): AlertRow | undefined {
  return store.connection.prepare<[number], AlertRow>('SELECT * FROM alert WHERE alert_id = ?').get(alertId);
}

export function acknowledgeAlert(
  store: Store,
  alertId: number,
  by: { readonly at: number; readonly who: string; readonly reason: string | null },
): void {
  store.connection
    .prepare(
      'UPDATE alert SET acknowledged_at = @at, acknowledged_by = @who, acknowledged_reason = @reason WHERE alert_id = @alertId',
    )
    .run({ alertId, ...by });
}

/** Somebody is being told of it, with the severity it has now. */
export function markNotified(store: Store, alertId: number, at: number): void {
  store.connection
    .prepare('UPDATE alert SET notified_at = ?, notified_severity = severity WHERE alert_id = ?')
    .run(at, alertId);
}

export interface PendingAlertRow {
  readonly name: string;
  readonly breaches: number;
  readonly since: number;
  readonly last_at: number;
}

export function pendingAlerts(store: Store): readonly PendingAlertRow[] {
  return store.connection.prepare<[], PendingAlertRow>('SELECT * FROM alert_pending ORDER BY name').all();
}

export function putPendingAlert(store: Store, row: PendingAlertRow): void {
  store.connection
    .prepare('INSERT OR REPLACE INTO alert_pending VALUES (@name, @breaches, @since, @last_at)')
    .run(row);
}

export function removePendingAlert(store: Store, name: string): void {
  store.connection.prepare('DELETE FROM alert_pending WHERE name = ?').run(name);
}

export interface SilenceRow {
  readonly silence_id: number;
  /** An alert's name, or its rule, which stands for all of its alerts. */
  readonly name: string;
  readonly from_at: number;
  readonly until_at: number;
  readonly reason: string;
  readonly who: string;
}

/** Silences that hold at that time. */
export function silencesAt(store: Store, at: number): readonly SilenceRow[] {
  return store.connection
    .prepare<[number, number], SilenceRow>(
      'SELECT * FROM alert_silence WHERE from_at <= ? AND until_at > ? ORDER BY silence_id',
    )
    .all(at, at);
}

/** Ends those of the name that hold, then begins a new one. @returns its number */
export function addSilence(store: Store, silence: Omit<SilenceRow, 'silence_id'>): number {
  endSilences(store, silence.name, silence.from_at);
  const { lastInsertRowid } = store.connection
    .prepare(
      'INSERT INTO alert_silence (name, from_at, until_at, reason, who) VALUES (@name, @from_at, @until_at, @reason, @who)',
    )
    .run(silence);
  return Number(lastInsertRowid);
}

/** @returns how many ended */
export function endSilences(store: Store, name: string, at: number): number {
  return store.connection
    .prepare(
      'UPDATE alert_silence SET until_at = @at WHERE name = @name AND from_at <= @at AND until_at > @at',
    )
    .run({ name, at }).changes;
}
