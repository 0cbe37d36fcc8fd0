import type { Store } from './store.ts';

export interface AlertRow {
  readonly alert_id: number;
  readonly name: string;
  readonly severity: 'WARNING' | 'CRITICAL';
  readonly summary: string;
  readonly contact: string;
  readonly opened_at: number;
  readonly last_seen_at: number;
  readonly closed_at: number | null;
}

export interface RaisedAlert {
  readonly name: string;
  readonly severity: AlertRow['severity'];
  readonly summary: string;
  readonly contact: string;
}

/** Opens an alert, or renews the open one of that name. */
export function raiseAlert(store: Store, alert: RaisedAlert, at: number): void {
  store.connection
    .prepare(
      `INSERT INTO alert (name, severity, summary, contact, opened_at, last_seen_at)
       VALUES (@name, @severity, @summary, @contact, @at, @at)
       ON CONFLICT (name) WHERE closed_at IS NULL
       DO UPDATE SET severity = excluded.severity, summary = excluded.summary, contact = excluded.contact, last_seen_at = excluded.last_seen_at`,
    )
    .run({ ...alert, at });
}

/** Closes the open alert of that name, where there is one. */
export function closeAlert(store: Store, name: string, at: number): void {
  store.connection
    .prepare('UPDATE alert SET closed_at = ? WHERE name = ? AND closed_at IS NULL')
    .run(at, name);
}

/** Oldest first. */
export function openAlerts(store: Store): readonly AlertRow[] {
  return store.connection
    .prepare<[], AlertRow>('SELECT * FROM alert WHERE closed_at IS NULL ORDER BY opened_at, alert_id')
    .all();
}
