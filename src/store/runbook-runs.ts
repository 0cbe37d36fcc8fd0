import type { StepOutcome } from '../data/results/runbook.ts';
import type { Store } from './store.ts';

export interface RunbookRunRow {
  readonly run_id: number;
  readonly incident_id: number;
  readonly page: string;
  /** The text it was begun with. */
  readonly content: string;
  readonly content_sha256: string;
  readonly origin: 'mlops' | 'workspace';
  readonly who: string;
  readonly started_at: number;
  readonly finished_at: number | null;
  readonly state: 'running' | 'stopped' | 'done' | 'handed_over' | 'abandoned';
  /** Where it goes on, both counted from 0: the step, and the command in it. */
  readonly step: number;
  readonly command: number;
  /** JSON object: what the operator gave for the names in its commands. */
  readonly given: string;
}

export interface RunbookStepRow {
  readonly run_id: number;
  readonly seq: number;
  readonly step: string;
  /** The command, or what a person was asked. */
  readonly command: string;
  readonly who: string;
  readonly started_at: number;
  /** Null while it runs, and where it was cut off by a kill. */
  readonly finished_at: number | null;
  readonly exit_code: number | null;
  readonly outcome: StepOutcome | null;
  /** The end of what it printed, or the answer. */
  readonly output: string;
}

/** @returns the number given to the new run */
export function insertRunbookRun(
  store: Store,
  run: Omit<RunbookRunRow, 'run_id' | 'finished_at' | 'state'>,
): number {
  const { lastInsertRowid } = store.connection
    .prepare(
      `INSERT INTO runbook_run (incident_id, page, content, content_sha256, origin, who, started_at, state, step, command, given)
       VALUES (@incident_id, @page, @content, @content_sha256, @origin, @who, @started_at, 'running', @step, @command, @given)`,
    )
    .run(run);
  return Number(lastInsertRowid);
}

export function runbookRunRow(store: Store, runId: number): RunbookRunRow | undefined {
  return store.connection
    .prepare<[number], RunbookRunRow>('SELECT * FROM runbook_run WHERE run_id = ?')
    .get(runId);
}

/** Runs that have not come to an end, newest first. */
export function unfinishedRunbookRuns(store: Store): readonly RunbookRunRow[] {
  return store.connection
    .prepare<[], RunbookRunRow>(
      "SELECT * FROM runbook_run WHERE state IN ('running', 'stopped') ORDER BY run_id DESC",
    )
    .all();
}

export function runbookRunsOf(store: Store, incidentId: number): readonly RunbookRunRow[] {
  return store.connection
    .prepare<[number], RunbookRunRow>('SELECT * FROM runbook_run WHERE incident_id = ? ORDER BY run_id')
    .all(incidentId);
}

/** What is left of a run that goes on: where it is, and what was given. */
export function updateRunbookRun(
  store: Store,
  runId: number,
  change: Pick<RunbookRunRow, 'state' | 'step' | 'command' | 'given' | 'finished_at'>,
): void {
  store.connection
    .prepare(
      `UPDATE runbook_run SET state = @state, step = @step, command = @command, given = @given, finished_at = @finished_at
       WHERE run_id = @run_id`,
    )
    .run({ ...change, run_id: runId });
}

/** Runs of an incident that is closed by hand are not gone on with. */
export function abandonRunbookRuns(store: Store, incidentId: number, at: number): void {
  store.connection
    .prepare(
      `UPDATE runbook_run SET state = 'abandoned', finished_at = ?
       WHERE incident_id = ? AND state IN ('running', 'stopped')`,
    )
    .run(at, incidentId);
}

/** In the order in which they were begun. */
export function runbookSteps(store: Store, runId: number): readonly RunbookStepRow[] {
  return store.connection
    .prepare<[number], RunbookStepRow>('SELECT * FROM runbook_step WHERE run_id = ? ORDER BY seq')
    .all(runId);
}

/** @returns the place given to it among the run's steps */
export function insertRunbookStep(store: Store, step: Omit<RunbookStepRow, 'seq'>): number {
  const seq = runbookSteps(store, step.run_id).length + 1;
  store.connection
    .prepare(
      `INSERT INTO runbook_step VALUES
         (@run_id, @seq, @step, @command, @who, @started_at, @finished_at, @exit_code, @outcome, @output)`,
    )
    .run({ ...step, seq });
  return seq;
}

export function finishRunbookStep(
  store: Store,
  step: Pick<RunbookStepRow, 'run_id' | 'seq' | 'finished_at' | 'exit_code' | 'outcome' | 'output'>,
): void {
  store.connection
    .prepare(
      `UPDATE runbook_step SET finished_at = @finished_at, exit_code = @exit_code, outcome = @outcome, output = @output
       WHERE run_id = @run_id AND seq = @seq`,
    )
    .run(step);
}
