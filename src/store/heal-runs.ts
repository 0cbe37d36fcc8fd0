import type { HealMode, HealState } from '../data/results/heal.ts';
import type { Store } from './store.ts';

export interface HealRunRow {
  readonly run_id: number;
  readonly started_at: number;
  readonly mode: HealMode;
  /** The step that comes next. */
  readonly state: HealState;
  readonly finished_at: number | null;
  readonly outcome: string | null;
}

export interface HealStepRow {
  readonly run_id: number;
  readonly seq: number;
  readonly state: HealState;
  readonly at: number;
  readonly summary: string;
  /** JSON of what later steps need of it. */
  readonly result: string;
}

/** The run that was begun and not ended: the database allows one. */
export function healRunAtWork(store: Store): HealRunRow | undefined {
  return store.connection.prepare<[], HealRunRow>("SELECT * FROM heal_run WHERE state <> 'done'").get();
}

export function healRunRow(store: Store, runId: number): HealRunRow | undefined {
  return store.connection.prepare<[number], HealRunRow>('SELECT * FROM heal_run WHERE run_id = ?').get(runId);
}

/** @returns the number given to the new run */
export function insertHealRun(store: Store, mode: HealMode, at: number): number {
  const { lastInsertRowid } = store.connection
    .prepare("INSERT INTO heal_run (started_at, mode, state) VALUES (?, ?, 'monitor')")
    .run(at, mode);
  return Number(lastInsertRowid);
}

/** Steps done, in their order. */
export function healSteps(store: Store, runId: number): readonly HealStepRow[] {
  return store.connection
    .prepare<[number], HealStepRow>('SELECT * FROM heal_step WHERE run_id = ? ORDER BY seq')
    .all(runId);
}

/** Records a step as done and names the next; call it inside the transaction of what the step changed. */
export function finishHealStep(
  store: Store,
  step: Omit<HealStepRow, 'seq'>,
  next: Exclude<HealState, 'done'> | { readonly outcome: string },
): void {
  const seq = healSteps(store, step.run_id).length + 1;
  store.connection
    .prepare('INSERT INTO heal_step VALUES (@run_id, @seq, @state, @at, @summary, @result)')
    .run({ ...step, seq });
  if (typeof next === 'string') {
    store.connection.prepare('UPDATE heal_run SET state = ? WHERE run_id = ?').run(next, step.run_id);
  } else {
    store.connection
      .prepare("UPDATE heal_run SET state = 'done', finished_at = ?, outcome = ? WHERE run_id = ?")
      .run(step.at, next.outcome, step.run_id);
  }
}
