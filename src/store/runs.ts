import type { Store } from './store.ts';

export type FailureCause = 'too_few_labels' | 'validation' | 'out_of_memory' | 'interrupted' | 'crashed';

export interface TrainingAttemptRow {
  readonly attempt_id: number;
  readonly started_at: number;
  readonly who: string;
  readonly command: string;
  readonly reason: string;
  /** Where the rows come from: a file's path, or `store`. */
  readonly data: string;
  readonly heal_run: number | null;
  readonly pid: number;
  readonly host: string;
  readonly process_start: string | null;
  /** Null while it works, and for ever when it was killed. */
  readonly finished_at: number | null;
  readonly training_run: number | null;
  readonly cause: FailureCause | null;
  readonly message: string | null;
  readonly why: string | null;
  readonly remedy: string | null;
  /** Labelled rows that there were, and that were needed; null where that was not the matter. */
  readonly rows: number | null;
  readonly rows_needed: number | null;
}

export type BegunAttempt = Pick<
  TrainingAttemptRow,
  'started_at' | 'who' | 'command' | 'reason' | 'data' | 'heal_run' | 'pid' | 'host' | 'process_start'
>;

export type AttemptFailure = Pick<
  TrainingAttemptRow,
  'message' | 'why' | 'remedy' | 'rows' | 'rows_needed'
> & {
  readonly cause: FailureCause;
};

/** @returns the number given to the attempt */
export function beginAttempt(store: Store, begun: BegunAttempt): number {
  const { lastInsertRowid } = store.connection
    .prepare(
      `INSERT INTO training_attempt (started_at, who, command, reason, data, heal_run, pid, host, process_start)
       VALUES (@started_at, @who, @command, @reason, @data, @heal_run, @pid, @host, @process_start)`,
    )
    .run(begun);
  return Number(lastInsertRowid);
}

export function finishAttempt(store: Store, attempt: number, at: number, trainingRun: number): void {
  store.connection
    .prepare('UPDATE training_attempt SET finished_at = ?, training_run = ? WHERE attempt_id = ?')
    .run(at, trainingRun, attempt);
}

export function failAttempt(store: Store, attempt: number, at: number, failure: AttemptFailure): void {
  store.connection
    .prepare(
      `UPDATE training_attempt SET finished_at = @at, cause = @cause, message = @message, why = @why, remedy = @remedy,
         rows = @rows, rows_needed = @rows_needed WHERE attempt_id = @attempt`,
    )
    .run({ ...failure, at, attempt });
}

export interface RunRow {
  readonly number: number;
  readonly kind: 'training' | 'heal';
  /** Number of the heal run; of the attempt; negative: of a training run from before attempts were kept. */
  readonly reference: number;
}

/** Newest first. */
export function runRows(store: Store, most: number): readonly RunRow[] {
  return store.connection
    .prepare<[number], RunRow>('SELECT * FROM run ORDER BY number DESC LIMIT ?')
    .all(most);
}

export function runRow(store: Store, number: number): RunRow | undefined {
  return store.connection.prepare<[number], RunRow>('SELECT * FROM run WHERE number = ?').get(number);
}

export function attemptRow(store: Store, attempt: number): TrainingAttemptRow | undefined {
  return store.connection
    .prepare<[number], TrainingAttemptRow>('SELECT * FROM training_attempt WHERE attempt_id = ?')
    .get(attempt);
}

/** The last attempt of a heal run. */
export function attemptOfHeal(store: Store, healRun: number): TrainingAttemptRow | undefined {
  return store.connection
    .prepare<[number], TrainingAttemptRow>(
      'SELECT * FROM training_attempt WHERE heal_run = ? ORDER BY attempt_id DESC LIMIT 1',
    )
    .get(healRun);
}

export function versionOfTraining(store: Store, trainingRun: number): number | undefined {
  return store.connection
    .prepare<[number], { version: number }>('SELECT version FROM model_version WHERE run_id = ? LIMIT 1')
    .get(trainingRun)?.version;
}
