import type { DriftFeature } from '../data/results/drift.ts';
import type { Verdict } from '../platform/exit-codes.ts';
import type { Store } from './store.ts';

export interface MonitoringRunRow {
  readonly run_id: number;
  readonly at: number;
  readonly from_at: number;
  readonly until_at: number;
  readonly model_version: string | null;
  /** Predictions in the window. */
  readonly rows: number;
  readonly status: Verdict;
  readonly features_total: number;
  readonly features_drifted: number;
  readonly share_drifted: number;
  readonly report: string | null;
  /** JSON of the whole result. */
  readonly result: string;
}

/** A monitoring run by its figures, without what it said of single values. */
export type MonitoringRunSummary = Omit<MonitoringRunRow, 'result'>;

const figures =
  'run_id, at, from_at, until_at, model_version, rows, status, features_total, features_drifted, share_drifted, report';

/** Records one run with a row a feature. @returns the number given to the run */
export function insertMonitoringRun(
  store: Store,
  row: Omit<MonitoringRunRow, 'run_id' | 'result'>,
  features: readonly DriftFeature[],
  resultOf: (runId: number) => unknown,
): number {
  const { lastInsertRowid } = store.connection
    .prepare(
      `INSERT INTO monitoring_run (at, from_at, until_at, model_version, rows, status, features_total, features_drifted, share_drifted, report, result)
       VALUES (@at, @from_at, @until_at, @model_version, @rows, @status, @features_total, @features_drifted, @share_drifted, @report, '')`,
    )
    .run(row);
  const runId = Number(lastInsertRowid);
  store.connection
    .prepare('UPDATE monitoring_run SET result = ? WHERE run_id = ?')
    .run(JSON.stringify(resultOf(runId)), runId);
  const insert = store.connection.prepare(
    `INSERT INTO drift_result VALUES (@run_id, @feature, @type, @test, @score, @p_value, @threshold, @drifted, @missing_reference, @missing_current)`,
  );
  for (const each of features) {
    insert.run({
      run_id: runId,
      feature: each.name,
      type: each.type,
      test: each.test,
      score: each.score,
      p_value: each.p_value,
      threshold: each.threshold,
      drifted: Number(each.drifted),
      missing_reference: each.missing.reference,
      missing_current: each.missing.current,
    });
  }
  return runId;
}

/** The latest run that had happened at that time. */
export function lastMonitoringRun(store: Store, at: number): MonitoringRunRow | undefined {
  return store.connection
    .prepare<[number], MonitoringRunRow>(
      'SELECT * FROM monitoring_run WHERE at <= ? ORDER BY at DESC, run_id DESC LIMIT 1',
    )
    .get(at);
}

export function monitoringRunRow(store: Store, runId: number): MonitoringRunRow | undefined {
  return store.connection
    .prepare<[number], MonitoringRunRow>('SELECT * FROM monitoring_run WHERE run_id = ?')
    .get(runId);
}

/** Runs of a time window (epoch milliseconds, both ends included), oldest first, without their results. */
export function monitoringRunsBetween(
  store: Store,
  from: number,
  until: number,
): readonly MonitoringRunSummary[] {
  return store.connection
    .prepare<[number, number], MonitoringRunSummary>(
      `SELECT ${figures} FROM monitoring_run WHERE at BETWEEN ? AND ? ORDER BY at, run_id`,
    )
    .all(from, until);
}

/** Runs after `from` up to `until` (epoch milliseconds), newest first. */
export function newestMonitoringRuns(
  store: Store,
  window: { readonly from: number; readonly until: number; readonly most: number },
): readonly MonitoringRunSummary[] {
  return store.connection
    .prepare<[typeof window], MonitoringRunSummary>(
      `SELECT ${figures} FROM monitoring_run WHERE at > @from AND at <= @until ORDER BY at DESC, run_id DESC LIMIT @most`,
    )
    .all(window);
}

export interface DriftScore {
  readonly feature: string;
  readonly test: string;
  readonly score: number | null;
  readonly threshold: number | null;
  readonly drifted: number;
}

export interface DriftResultRow extends DriftScore {
  readonly run_id: number;
}

/** Drift of every feature in the runs of a time window (epoch milliseconds, both ends included). */
export function driftResultsBetween(store: Store, from: number, until: number): readonly DriftResultRow[] {
  return store.connection
    .prepare<[number, number], DriftResultRow>(
      `SELECT run_id, feature, test, score, threshold, drifted FROM drift_result JOIN monitoring_run USING (run_id)
       WHERE at BETWEEN ? AND ? ORDER BY run_id, feature`,
    )
    .all(from, until);
}

/** The drift of each feature in one run, by name. */
export function driftScores(store: Store, runId: number): readonly DriftScore[] {
  return store.connection
    .prepare<[number], DriftScore>(
      'SELECT feature, test, score, threshold, drifted FROM drift_result WHERE run_id = ? ORDER BY feature',
    )
    .all(runId);
}
