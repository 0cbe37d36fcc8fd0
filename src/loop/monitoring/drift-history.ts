import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { DriftHistory, ReportsResult } from '../../data/results/drift-history.ts';
import { driftFindings, driftLevel } from '../../drift/history.ts';
import { toIso } from '../../platform/clock.ts';
import { dayMs } from '../../platform/durations.ts';
import { NoInputError } from '../../platform/errors.ts';
import {
  type DriftResultRow,
  driftResultsBetween,
  monitoringRunsBetween,
  openForReading,
} from '../../store/index.ts';
import type { Workspace } from '../../workspace/index.ts';

/** Drift of every feature over the monitoring runs of the last `days`, and what the runbook would say of it. */
export function driftHistory(workspace: Workspace, days: number, now: number): DriftHistory {
  using store = openForReading(workspace.paths.store);
  const from = now - days * dayMs;
  const { runs, results } = store.read(() => ({
    runs: monitoringRunsBetween(store, from, now),
    results: driftResultsBetween(store, from, now),
  }));
  const ofRun = Map.groupBy(results, (each) => each.run_id);
  const findings = driftFindings({
    runs: runs.map((run) => ({
      at: run.at,
      judged: run.features_total > 0 && run.rows >= workspace.config.monitoring.minimum_sample,
      share: run.share_drifted,
      drifted: driftedIn(ofRun.get(run.run_id) ?? []),
    })),
    now,
    warningShare: workspace.config.monitoring.drift.warning_share,
  });
  return {
    status: findings.length > 0 ? 'WARNING' : 'OK',
    from: toIso(from),
    until: toIso(now),
    runs: runs.map(({ run_id, at, status, rows, share_drifted }) => ({
      run_id: run_id.toString(),
      at: toIso(at),
      status,
      rows,
      share_drifted,
    })),
    features: featuresOf(
      runs.map((run) => run.run_id),
      results,
    ),
    findings: [...findings],
  };
}

function driftedIn(results: readonly DriftResultRow[]): readonly string[] {
  return results.filter(({ drifted }) => drifted === 1).map(({ feature }) => feature);
}

function featuresOf(runs: readonly number[], results: readonly DriftResultRow[]): DriftHistory['features'] {
  return [...Map.groupBy(results, (each) => each.feature)]
    .map(([name, rows]) => {
      const levels = new Map(rows.map((row) => [row.run_id, driftLevel(row.test, row.score, row.threshold)]));
      return {
        name,
        runs: rows.length,
        drifted_runs: rows.filter(({ drifted }) => drifted === 1).length,
        levels: runs.map((run) => levels.get(run) ?? null),
      };
    })
    .toSorted((a, b) => b.drifted_runs - a.drifted_runs || a.name.localeCompare(b.name));
}

/** Reports of the monitoring runs up to `now`, newest first. */
export function listReports(workspace: Workspace, most: number, now: number): ReportsResult {
  using store = openForReading(workspace.paths.store);
  const { runs, results } = store.read(() => ({
    runs: monitoringRunsBetween(store, 0, now),
    results: driftResultsBetween(store, 0, now),
  }));
  const ofRun = Map.groupBy(results, (each) => each.run_id);
  const reports = runs.flatMap(({ run_id, at, status, share_drifted, report }) =>
    report === null
      ? []
      : [
          {
            run_id: run_id.toString(),
            at: toIso(at),
            status,
            share_drifted,
            drifted: [...driftedIn(ofRun.get(run_id) ?? [])],
            ...placeOf(workspace, report),
          },
        ],
  );
  return { reports: reports.toReversed().slice(0, most) };
}

/** A workspace that was moved or restored has its reports where it is now, not where they were written. */
function placeOf({ paths }: Workspace, report: string): { readonly path: string; readonly present: boolean } {
  const path = join(paths.reports, basename(report));
  return { path, present: existsSync(path) };
}

/** The newest report that is there. @throws NoInputError when there is none */
export function latestReport(workspace: Workspace, now: number): ReportsResult['reports'][number] {
  const report = listReports(workspace, Number.POSITIVE_INFINITY, now).reports.find(({ present }) => present);
  if (report !== undefined) return report;
  throw new NoInputError('there is no report', {
    why: `no file of a monitoring run is left in ${workspace.paths.reports}`,
    remedy: 'make one: mlops monitor',
  });
}
