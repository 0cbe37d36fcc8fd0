import type { Store } from './store.ts';

export interface TrainingRunRow {
  readonly run_id: number;
  readonly started_at: number;
  readonly duration_ms: number;
  readonly who: string;
  readonly reason: string;
  /** Where the rows came from: a file's path, or `store`. */
  readonly data: string;
  readonly data_sha256: string;
  /** Column with the true outcome. */
  readonly target: string;
  readonly rows_train: number;
  readonly rows_validation: number;
  readonly seed: number;
  /** JSON. */
  readonly parameters: string;
  /** JSON. */
  readonly metrics: string;
}

/** @returns the number given to the new run */
export function insertTrainingRun(store: Store, row: Omit<TrainingRunRow, 'run_id'>): number {
  const { lastInsertRowid } = store.connection
    .prepare(
      `INSERT INTO training_run (started_at, duration_ms, who, reason, data, data_sha256, target, rows_train, rows_validation, seed, parameters, metrics)
       VALUES (@started_at, @duration_ms, @who, @reason, @data, @data_sha256, @target, @rows_train, @rows_validation, @seed, @parameters, @metrics)`,
    )
    .run(row);
  return Number(lastInsertRowid);
}

export function trainingRunRow(store: Store, runId: number): TrainingRunRow | undefined {
  return store.connection
    .prepare<[number], TrainingRunRow>('SELECT * FROM training_run WHERE run_id = ?')
    .get(runId);
}
