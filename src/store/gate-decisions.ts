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
}

/** @returns the number given to the decision */
export function insertGateDecision(store: Store, row: Omit<GateDecisionRow, 'decision_id'>): number {
  const { lastInsertRowid } = store.connection
    .prepare(
      `INSERT INTO gate_decision (at, who, decision, champion, challenger, rows, required, result)
       VALUES (@at, @who, @decision, @champion, @challenger, @rows, @required, @result)`,
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
