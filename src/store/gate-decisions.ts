import type { Store } from './store.ts';

export interface GateDecisionRow {
  readonly decision_id: number;
  readonly at: number;
  readonly who: string;
  readonly decision: 'promote' | 'reject';
  readonly champion: number | null;
  readonly challenger: number;
  readonly rows: number;
  /** JSON of the criteria asked for. */
  readonly required: string;
  /** JSON of the whole result. */
  readonly result: string;
  /** JSON of what it was made on; null for decisions of 0.4.0 and before. */
  readonly basis: string | null;
}

/** @returns the number given to the decision */
export function insertGateDecision(store: Store, row: Omit<GateDecisionRow, 'decision_id'>): number {
  const { lastInsertRowid } = store.connection
    .prepare(
      `INSERT INTO gate_decision (at, who, decision, champion, challenger, rows, required, result, basis)
       VALUES (@at, @who, @decision, @champion, @challenger, @rows, @required, @result, @basis)`,
    )
    .run(row);
  return Number(lastInsertRowid);
}

/** Decisions about one challenger, oldest first. */
export function gateDecisionsOf(store: Store, challenger: number): readonly GateDecisionRow[] {
  return store.connection
    .prepare<[number], GateDecisionRow>(
      'SELECT * FROM gate_decision WHERE challenger = ? ORDER BY decision_id',
    )
    .all(challenger);
}

/** The challengers whose comparison with a champion counted up to a time, in the order in which they first did. */
export function countedChallengers(store: Store, champion: number, until: number): readonly number[] {
  return store.connection
    .prepare<[number, number], number>(
      `SELECT challenger FROM gate_decision
       WHERE champion = ? AND at <= ? AND json_extract(result, '$.evidence.counted')
       GROUP BY challenger ORDER BY min(decision_id)`,
    )
    .pluck()
    .all(champion, until);
}

/** Decisions against one champion up to a time, oldest first. */
export function gateDecisionsAgainst(
  store: Store,
  champion: number,
  until: number,
): readonly GateDecisionRow[] {
  return store.connection
    .prepare<[number, number], GateDecisionRow>(
      'SELECT * FROM gate_decision WHERE champion = ? AND at <= ? ORDER BY decision_id',
    )
    .all(champion, until);
}

/** One decision, the newest when no number is given. */
export function gateDecisionRow(store: Store, decisionId?: number): GateDecisionRow | undefined {
  return store.connection
    .prepare<[number | null], GateDecisionRow>(
      'SELECT * FROM gate_decision WHERE decision_id = coalesce(?, (SELECT max(decision_id) FROM gate_decision))',
    )
    .get(decisionId ?? null);
}

/** The last `most` decisions, newest first. */
export function newestGateDecisions(store: Store, most: number): readonly GateDecisionRow[] {
  return store.connection
    .prepare<[number], GateDecisionRow>('SELECT * FROM gate_decision ORDER BY decision_id DESC LIMIT ?')
    .all(most);
}

/** Decisions from a time on (epoch milliseconds), oldest first. */
export function gateDecisionsSince(store: Store, from: number): readonly GateDecisionRow[] {
  return store.connection
    .prepare<[number], GateDecisionRow>('SELECT * FROM gate_decision WHERE at >= ? ORDER BY decision_id')
    .all(from);
}

/** Hashes of the Parquet files that hold the rows of decisions. */
export function gateRowsKept(store: Store): readonly string[] {
  return store.connection
    .prepare<[], string>(
      "SELECT DISTINCT json_extract(basis, '$.rows_sha256') FROM gate_decision WHERE json_valid(basis)",
    )
    .pluck()
    .all();
}

/** The hash of its basis that the audit has for each decision, by number; null for one of before it was kept. */
export function gateBasesInAudit(store: Store): ReadonlyMap<number, string | null> {
  const rows = store.connection
    .prepare<[], { decision_id: number; basis_sha256: string | null }>(
      `SELECT json_extract(after, '$.decision_id') AS decision_id, json_extract(after, '$.basis_sha256') AS basis_sha256
       FROM event WHERE command IN ('gate', 'heal') AND json_extract(after, '$.decision_id') IS NOT NULL`,
    )
    .all();
  return new Map(rows.map((row) => [row.decision_id, row.basis_sha256]));
}
