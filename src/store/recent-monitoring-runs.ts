import type { Verdict } from '../platform/exit-codes.ts';
import type { Store } from './store.ts';

/** A monitoring run by its figures, without what it said of single values. */
export interface MonitoringRunSummary {
  readonly run_id: number;
  readonly at: number;
  readonly from_at: number;
  readonly until_at: number;
  readonly model_version: string | null;
  readonly rows: number;
  readonly status: Verdict;
  readonly features_total: number;
  readonly features_drifted: number;
  readonly share_drifted: number;
  readonly report: string | null;
}

const columns =
  'run_id, at, from_at, until_at, model_version, rows, status, features_total, features_drifted, share_drifted, report';

/** Runs after `from` up to `until` (epoch milliseconds), newest first. */
export function newestMonitoringRuns(
  store: Store,
  window: { readonly from: number; readonly until: number; readonly most: number },
): readonly MonitoringRunSummary[] {
  return store.connection
    .prepare<[typeof window], MonitoringRunSummary>(
      `SELECT ${columns} FROM monitoring_run WHERE at > @from AND at <= @until ORDER BY at DESC, run_id DESC LIMIT @most`,
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

/** The drift of each feature in one run, by name. */
export function driftScores(store: Store, runId: number): readonly DriftScore[] {
  return store.connection
    .prepare<[number], DriftScore>(
      'SELECT feature, test, score, threshold, drifted FROM drift_result WHERE run_id = ? ORDER BY feature',
    )
    .all(runId);
}
