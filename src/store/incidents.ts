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
}

/** @returns the number given to the new incident */
export function openIncident(store: Store, incident: Omit<IncidentRow, 'incident_id' | 'closed_at'>): number {
  const { lastInsertRowid } = store.connection
    .prepare(
      `INSERT INTO incident (opened_at, title, contact, evidence, heal_run)
       VALUES (@opened_at, @title, @contact, @evidence, @heal_run)`,
    )
    .run(incident);
  return Number(lastInsertRowid);
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
