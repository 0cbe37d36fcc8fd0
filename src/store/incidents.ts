import type { Store } from './store.ts';

export interface IncidentRow {
  readonly incident_id: number;
  readonly opened_at: number;
  readonly closed_at: number | null;
  readonly title: string;
  readonly contact: string;
  /** JSON list of sentences. */
  readonly evidence: string;
  readonly heal_run: number | null;
  readonly closed_by: string | null;
  readonly closed_reason: string | null;
}

/** @returns the number given to the new incident */
export function openIncident(
  store: Store,
  incident: Pick<IncidentRow, 'opened_at' | 'title' | 'contact' | 'evidence' | 'heal_run'>,
): number {
  const { lastInsertRowid } = store.connection
    .prepare(
      `INSERT INTO incident (opened_at, title, contact, evidence, heal_run)
       VALUES (@opened_at, @title, @contact, @evidence, @heal_run)`,
    )
    .run(incident);
  return Number(lastInsertRowid);
}

/** Newest first. */
export function incidentRows(
  store: Store,
  { openOnly }: { readonly openOnly: boolean },
): readonly IncidentRow[] {
  const which = openOnly ? 'WHERE closed_at IS NULL' : '';
  return store.connection
    .prepare<[], IncidentRow>(`SELECT * FROM incident ${which} ORDER BY opened_at DESC, incident_id DESC`)
    .all();
}

export function incidentRow(store: Store, incidentId: number): IncidentRow | undefined {
  return store.connection
    .prepare<[number], IncidentRow>('SELECT * FROM incident WHERE incident_id = ?')
    .get(incidentId);
}

/** Adds a sentence to what is known of it. */
export function noteIncident(store: Store, incidentId: number, sentence: string): void {
  store.connection
    .prepare("UPDATE incident SET evidence = json_insert(evidence, '$[#]', ?) WHERE incident_id = ?")
    .run(sentence, incidentId);
}

/** Closes an incident that is open; one that is closed keeps how it was. */
export function closeIncident(
  store: Store,
  incidentId: number,
  { at, who, reason }: { readonly at: number; readonly who: string; readonly reason: string },
): void {
  store.connection
    .prepare(
      'UPDATE incident SET closed_at = ?, closed_by = ?, closed_reason = ? WHERE incident_id = ? AND closed_at IS NULL',
    )
    .run(at, who, reason, incidentId);
}
