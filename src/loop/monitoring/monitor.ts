import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { evaluateAlerts } from '../../alerting/evaluate-alerts.ts';
import { observeMonitoring } from '../../alerting/observations/observe-monitoring.ts';
import { writeFileAtomic } from '../../data/index.ts';
import type { DriftResult } from '../../data/results/drift.ts';
import type { MonitorResult } from '../../data/results/monitor.ts';
import { comparableFeatures, featureQuality, findDataIssues, measureDrift } from '../../drift/index.ts';
import { proxyMetricsByWindow } from '../../estimation/index.ts';
import { measurePerformance } from '../../health/measure-performance.ts';
import { measureVolume } from '../../health/measure-volume.ts';
import { toIso } from '../../platform/clock.ts';
import { nextTurn } from '../../platform/next-turn.ts';
import { findProductionAt, type ModelVersion } from '../../registry/index.ts';
import { monitorView } from '../../report/monitor-view.ts';
import {
  insertMonitoringRun,
  type PredictionWindow,
  readWindow,
  recordEvent,
  type Store,
} from '../../store/index.ts';
import { durationMs, type Workspace } from '../../workspace/index.ts';
import {
  judgeDrift,
  judgeIssues,
  judgeMissingValues,
  judgeOutliers,
  judgePerformance,
  judgeVolume,
  monitoringVerdict,
} from './judge-monitoring.ts';
import { featuresToCompare, referenceData } from './reference-data.ts';

/** A run that is measured and not yet stored: `record` does that, inside a transaction of the caller or its own. */
export interface PreparedMonitoring {
  record(store: Store, who: string): MonitorResult;
}

/**
 * Looks at the predictions of the lookback window that ends at `now`: drift and faults of the data against the reference,
 * volume, the distribution of the probabilities, and performance where labels exist. Writes the report.
 * @throws ConfigurationError when there is nothing to compare with
 */
export async function prepareMonitoring(
  workspace: Workspace,
  store: Store,
  now: number,
  signal: AbortSignal,
): Promise<PreparedMonitoring> {
  const { monitoring } = workspace.config;
  const from = now - durationMs(monitoring.lookback);
  const production = findProductionAt(store, now);
  const window = readWindow(store, { from, until: now });
  await nextTurn(signal);
  const compared = await compareWindow(workspace, production, window);
  await nextTurn(signal);
  const volume = measureVolume(workspace, store, now);
  const measured = production && measurePerformance(workspace, store, production.version.toString(), now);
  const baseline = production?.metrics?.f1 ?? null;
  const performance = measured && judgePerformance(measured, baseline, workspace.config);
  const checks = [
    judgeDrift(compared.drift, window.rows, monitoring.minimum_sample),
    judgeIssues(compared.issues),
    judgeMissingValues(compared.quality),
    judgeOutliers(compared.quality),
    judgeVolume(volume),
    ...(performance === undefined ? [] : [performance]),
  ];
  const report = join(workspace.paths.reports, `monitor-${toIso(now).replace(/[-:]|\.\d+/g, '')}.html`);
  const result: Omit<MonitorResult, 'run_id'> = {
    status: monitoringVerdict(checks),
    at: toIso(now),
    window: { from: toIso(from), until: toIso(now) },
    model_version: production?.version.toString() ?? null,
    rows: window.rows,
    checks,
    drift: compared.drift,
    issues: [...compared.issues],
    quality: [...compared.quality],
    volume,
    proxy: [...proxyMetricsByWindow(window.probabilities, window.times, window.outcomes, now)],
    performance:
      performance === undefined || measured === undefined ? null : { ...measured, baseline_f1: baseline },
    report,
  };
  const { renderMonitorPage } = await import('../../report/monitor-page.tsx');
  const subject = { modelName: workspace.config.model.name, referenceName: compared.referenceName };
  const page = renderMonitorPage(result, subject);
  await nextTurn(signal);
  writeFileAtomic(report, page);
  return {
    record: (target, who) => target.change(() => recordRun(target, workspace, result, from, now, who)),
  };
}

/** Drift, faults of the data and quality of a window against the reference. */
export async function compareWindow(
  workspace: Workspace,
  production: ModelVersion | undefined,
  window: PredictionWindow,
) {
  const { monitoring } = workspace.config;
  const { name: referenceName, table: reference } = await referenceData(workspace, production);
  if (window.rows === 0) return { referenceName, drift: null, issues: [], quality: [] };
  const current = window.features;
  const features = featuresToCompare(workspace, production, reference, current);
  const pair = { reference, current, features };
  const drift: DriftResult = measureDrift({
    ...pair,
    features: comparableFeatures(pair),
    warningShare: monitoring.drift.warning_share,
    criticalShare: monitoring.drift.critical_share,
    minimumRows: monitoring.minimum_sample,
  });
  // A handful of rows are alike by chance; nothing is read into them.
  if (window.rows < monitoring.minimum_sample) return { referenceName, drift, issues: [], quality: [] };
  const fields = production?.schema?.fields;
  const issues = findDataIssues(fields === undefined ? pair : { ...pair, fields });
  return { referenceName, drift, issues, quality: featureQuality(pair) };
}

function recordRun(
  store: Store,
  workspace: Workspace,
  measured: Omit<MonitorResult, 'run_id'>,
  from: number,
  now: number,
  who: string,
): MonitorResult {
  const { drift } = measured;
  const row = {
    at: now,
    from_at: from,
    until_at: now,
    model_version: measured.model_version,
    rows: measured.rows,
    status: measured.status,
    features_total: drift?.features_total ?? 0,
    features_drifted: drift?.features_drifted ?? 0,
    share_drifted: drift?.share_drifted ?? 0,
    report: measured.report,
  };
  const withId = (runId: number): MonitorResult => ({ run_id: runId.toString(), ...measured });
  const runId = insertMonitoringRun(store, row, drift?.features ?? [], withId);
  const result = withId(runId);
  const alerts = evaluateAlerts(store, workspace.config, {
    observations: observeMonitoring(result, now),
    now,
    attachment: { name: `monitoring-run-${runId}.txt`, text: stripVTControlCharacters(monitorView(result)) },
  });
  recordEvent(store, {
    at: now,
    who,
    command: 'monitor',
    reason: 'monitoring run',
    before: null,
    after: {
      run_id: runId,
      status: measured.status,
      rows: measured.rows,
      alerts_fired: alerts.fired.map(({ name }) => name),
      alerts_resolved: alerts.resolved.map(({ name }) => name),
    },
  });
  return result;
}
