import type { DriftResult } from '../../data/results/drift.ts';
import { type MonitorResult, monitorResultDefinition } from '../../data/results/monitor.ts';
import { DataError, NoInputError } from '../../platform/errors.ts';
import {
  lastMonitoringRun,
  monitoringRunRow,
  newestMonitoringRuns,
  openForReading,
  type Store,
} from '../../store/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import type { ComparedDrift } from './drift-reports.ts';
import { pastRuns } from './past-runs.ts';

/**
 * The drift of a monitoring run as it was stored, the newest up to `now` (epoch milliseconds) where none is named.
 * @throws NoInputError when there is no such run; DataError when it compared nothing
 */
export function storedDrift(workspace: Workspace, runId: number | undefined, now: number): ComparedDrift {
  using store = openForReading(workspace.paths.store);
  return store.read(() => {
    const run = readMonitoringRun(store, runId, now);
    const drift = requireDrift(run);
    const at = Date.parse(run.at);
    const version = run.model_version === null ? 'no version in Production' : `version ${run.model_version}`;
    return {
      result: { ...drift, issues: run.issues, report: run.report },
      subject: {
        referenceName: drift.reference.name ?? `the reference of ${version}`,
        currentName: `monitoring run ${run.run_id}, ${run.window.from} to ${run.window.until}`,
        generatedAt: at,
        past: pastRuns(store, at),
      },
    };
  });
}

/** @throws NoInputError when that run was never made, or none yet */
export function readMonitoringRun(store: Store, runId: number | undefined, now: number): MonitorResult {
  const row = runId === undefined ? lastMonitoringRun(store, now) : monitoringRunRow(store, runId);
  if (row !== undefined) return monitorResultDefinition.parse(JSON.parse(row.result));
  if (runId === undefined)
    throw new NoInputError('monitoring has not run yet', { remedy: 'run it: mlops monitor' });
  const known = newestMonitoringRuns(store, { from: Number.MIN_SAFE_INTEGER, until: now, most: 5 });
  throw new NoInputError(`there is no monitoring run ${runId}`, {
    why:
      known.length === 0
        ? 'monitoring has not run yet'
        : `the newest are ${known.map((run) => run.run_id).join(', ')}`,
    remedy: known.length === 0 ? 'run it: mlops monitor' : 'see them with their times: mlops reports',
  });
}

/** @throws DataError when the run compared nothing */
export function requireDrift({ run_id, drift, rows }: MonitorResult): DriftResult {
  if (drift !== null) return drift;
  throw new DataError(`run ${run_id} compared nothing`, {
    why: rows === 0 ? 'its window held no prediction' : 'there was nothing to compare with',
    remedy: 'see the runs: mlops drift history',
  });
}
