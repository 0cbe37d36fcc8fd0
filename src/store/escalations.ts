import type { Store } from './store.ts';

export interface EscalationRow {
  readonly escalation_id: number;
  readonly alert_id: number;
  readonly incident_id: number;
  /** Key of the contact it began with. */
  readonly issue: string;
  readonly message: string;
  readonly state: 'open' | 'acknowledged' | 'exhausted' | 'ended';
}

export interface EscalationStepRow {
  readonly escalation_id: number;
  readonly seq: number;
  readonly at: number;
  readonly contact_key: string;
  readonly contact: string;
  readonly person: string | null;
  /** JSON list of names. */
  readonly channels: string;
  readonly deadline_at: number;
}

/** @returns the number given to the escalation */
export function insertEscalation(
  store: Store,
  row: Pick<EscalationRow, 'alert_id' | 'incident_id' | 'issue' | 'message'>,
): number {
  const { lastInsertRowid } = store.connection
    .prepare(
      `INSERT INTO escalation (alert_id, incident_id, issue, message, state)
       VALUES (@alert_id, @incident_id, @issue, @message, 'open')`,
    )
    .run(row);
  return Number(lastInsertRowid);
}

export function addEscalationStep(store: Store, row: EscalationStepRow): void {
  store.connection
    .prepare(
      `INSERT INTO escalation_step VALUES (@escalation_id, @seq, @at, @contact_key, @contact, @person, @channels, @deadline_at)`,
    )
    .run(row);
}

/** In their order. */
export function escalationSteps(store: Store, escalationId: number): readonly EscalationStepRow[] {
  return store.connection
    .prepare<[number], EscalationStepRow>(
      'SELECT * FROM escalation_step WHERE escalation_id = ? ORDER BY seq',
    )
    .all(escalationId);
}

export function openEscalations(store: Store): readonly EscalationRow[] {
  return store.connection
    .prepare<[], EscalationRow>("SELECT * FROM escalation WHERE state = 'open' ORDER BY escalation_id")
    .all();
}

export function escalationOfAlert(store: Store, alertId: number): EscalationRow | undefined {
  return store.connection
    .prepare<[number], EscalationRow>('SELECT * FROM escalation WHERE alert_id = ?')
    .get(alertId);
}

/** Escalations whose alert is still open, whatever their state: to be ended when their incident is. */
export function unendedEscalations(store: Store): readonly EscalationRow[] {
  return store.connection
    .prepare<[], EscalationRow>(
      "SELECT escalation.* FROM escalation JOIN alert USING (alert_id) WHERE alert.closed_at IS NULL AND state <> 'ended' ORDER BY escalation_id",
    )
    .all();
}

export function setEscalationState(store: Store, escalationId: number, state: EscalationRow['state']): void {
  store.connection
    .prepare('UPDATE escalation SET state = ? WHERE escalation_id = ?')
    .run(state, escalationId);
}
