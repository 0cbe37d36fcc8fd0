import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { evaluateAlerts } from '../../alerting/evaluate-alerts.ts';
import { observeMonitoring } from '../../alerting/observations/observe-monitoring.ts';
import { writeFileAtomic } from '../../data/index.ts';
import type { MonitorResult } from '../../data/results/monitor.ts';
import { withAdvice, withBeside } from '../../drift/index.ts';
import { proxyMetricsByWindow } from '../../estimation/index.ts';
import { measurePerformance } from '../../health/measure-performance.ts';
import { measureVolume } from '../../health/measure-volume.ts';
import { fileStamp, toIso } from '../../platform/clock.ts';
import { nextTurn } from '../../platform/next-turn.ts';
import { findProductionAt } from '../../registry/index.ts';
import { monitorView } from '../../report/monitor-view.ts';
import { insertMonitoringRun, lastMonitoringRun, recordEvent, type Store } from '../../store/index.ts';
import { durationMs, type Workspace } from '../../workspace/index.ts';
import { comparisonRules } from './asked-rules.ts';
import { compareWindow, nothingCompared } from './compare-window.ts';
import {
  judgeConcept,
  judgeDrift,
  judgeIssues,
  judgeMissingValues,
  judgeOutliers,
  judgePerformance,
  judgeVolume,
  monitoringVerdict,
  notCompared,
} from './judge-monitoring.ts';
import { addOnsets } from './onsets.ts';
import { pastRuns, pastUpTo } from './past-runs.ts';
import { readWindowToCompare } from './read-window.ts';
import { featuresToCompare } from './reference-data.ts';
import { compareStoreAnswers } from './store-answers.ts';
import { windowReference } from './window-reference.ts';

/** A run that is measured and not yet stored: `record` does that, inside a transaction of the caller or its own. */
export interface PreparedMonitoring {
  record(store: Store, who: string): MonitorResult;
}

/**
 * Looks at the predictions of the lookback window that ends at `now`: drift and faults of the data against the reference,
 * volume, the distribution of the probabilities, and performance where labels exist. Writes the report.
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
  const window = await readWindowToCompare(store, workspace.paths.store, { from, until: now }, signal);
  await nextTurn(signal);
  const reference = await windowReference(workspace, store, production, {
    from,
    until: now,
    against: monitoring.drift.against,
  });
  const compared =
    reference.kind === 'found'
      ? compareWindow(workspace, production, window.features, reference)
      : nothingCompared;
  await nextTurn(signal);
  const dated =
    reference.kind === 'found' && compared.examined && compared.drift !== null
      ? addOnsets(store, compared.drift, reference, now)
      : compared.drift;
  const drift = dated === null ? null : withAdvice(dated, compared.issues);
  await nextTurn(signal);
  const answers =
    reference.kind === 'found'
      ? await compareStoreAnswers(
          workspace,
          {
            store,
            production,
            window,
            reference,
            features: featuresToCompare(workspace, production, reference.table, window.features),
            rules: comparisonRules({}, monitoring.drift),
            now,
          },
          signal,
        )
      : {};
  const volume = measureVolume(workspace, store, now);
  const measured = production && measurePerformance(workspace, store, production.version.toString(), now);
  const baseline = production?.metrics?.f1 ?? null;
  const performance = measured && judgePerformance(measured, baseline, workspace.config);
  const checks = [
    reference.kind === 'missing'
      ? notCompared(reference)
      : judgeDrift(drift, window.rows, monitoring.minimum_sample),
    ...(compared.examined
      ? [judgeIssues(compared.issues), judgeMissingValues(compared.quality), judgeOutliers(compared.quality)]
      : []),
    ...(answers.concept === undefined ? [] : [judgeConcept(answers.concept)]),
    judgeVolume(volume),
    ...(performance === undefined ? [] : [performance]),
  ];
  const report = freeReportPath(workspace.paths.reports, now);
  const result: Omit<MonitorResult, 'run_id'> = {
    status: monitoringVerdict(checks),
    at: toIso(now),
    window: { from: toIso(from), until: toIso(now) },
    model_version: production?.version.toString() ?? null,
    rows: window.rows,
    checks,
    drift: drift && withBeside(drift, answers),
    issues: [...compared.issues],
    quality: [...compared.quality],
    volume,
    proxy: [...proxyMetricsByWindow(window.probabilities, window.times, window.outcomes, now)],
    performance:
      performance === undefined || measured === undefined ? null : { ...measured, baseline_f1: baseline },
    report,
  };
  const { renderMonitorPage } = await import('../../report/monitor-page.tsx');
  const past = pastRuns(store, now);
  const subject = {
    modelName: workspace.config.model.name,
    referenceName: reference.name,
    past: result.drift === null ? past : pastUpTo(past, result.drift, now),
  };
  const page = renderMonitorPage(result, subject);
  await nextTurn(signal);
  writeFileAtomic(report, page);
  return {
    record: (target, who) => target.change(() => recordRun(target, workspace, result, from, now, who)),
  };
}

/** A name of its own for each run, also for two of the same moment. */
function freeReportPath(folder: string, now: number): string {
  const name = `monitor-${fileStamp(now)}`;
  for (let copy = 1; ; copy++) {
    const path = join(folder, copy === 1 ? `${name}.html` : `${name}-${copy}.html`);
    if (!existsSync(path)) return path;
  }
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
  const newest = (lastMonitoringRun(store, Number.MAX_SAFE_INTEGER)?.at ?? 0) <= now;
  const runId = insertMonitoringRun(store, row, drift?.features ?? [], withId);
  const result = withId(runId);
  // A replay of the past says nothing of today's alerts.
  const alerts = evaluateAlerts(store, workspace.config, {
    observations: newest ? observeMonitoring(result, now) : [],
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
