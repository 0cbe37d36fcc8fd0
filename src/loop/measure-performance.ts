import { classificationMetrics, type Labels } from '../data/classification-metrics.ts';
import type { MonitorCheck, Performance } from '../data/results/monitor.ts';
import type { Verdict } from '../platform/exit-codes.ts';
import { worstVerdict } from '../platform/exit-codes.ts';
import type { ModelVersion } from '../registry/index.ts';
import { readWindow, type Store } from '../store/index.ts';
import { durationMs, type Workspace } from '../workspace/index.ts';

/** Production's figures on its own labelled predictions of `performance.lookback`; null while they are too few. */
export function measurePerformance(
  workspace: Workspace,
  store: Store,
  production: ModelVersion,
  now: number,
): Performance | null {
  const { performance, monitoring } = workspace.config;
  const from = now - durationMs(performance.lookback);
  const window = readWindow(store, { from, until: now, labelledOnly: true });
  const version = production.version.toString();
  const own = window.versions.flatMap((each, row) =>
    each === version && !Number.isNaN(window.probabilities[row]) ? [row] : [],
  );
  if (own.length < monitoring.minimum_sample) return null;
  const pick = (values: Float64Array) => Float64Array.from(own, (row) => values[row] ?? Number.NaN);
  const labels: Labels = pick(window.labels);
  const figures = classificationMetrics(pick(window.probabilities), labels, production.threshold);
  return {
    rows: own.length,
    f1: figures.f1,
    brier: figures.brier,
    roc_auc: figures.roc_auc,
    baseline_f1: production.metrics?.f1 ?? null,
  };
}

/** The runbook's verdict: Brier above its maximum is WARNING, F1 below the baseline by 5 % WARNING, by 10 % CRITICAL. */
export function judgePerformance(
  measured: Performance,
  limits: Workspace['config']['performance'],
): MonitorCheck {
  const { rows, f1, brier, baseline_f1: baseline } = measured;
  const drop = baseline === null || baseline === 0 ? 0 : 1 - f1 / baseline;
  const ofF1: Verdict =
    drop > limits.f1_critical_drop ? 'CRITICAL' : drop > limits.f1_warning_drop ? 'WARNING' : 'OK';
  const ofBrier: Verdict = brier > limits.brier_maximum ? 'WARNING' : 'OK';
  const compared = baseline === null ? 'no baseline is known' : `baseline ${baseline.toFixed(3)}`;
  return {
    name: 'performance',
    status: worstVerdict([ofF1, ofBrier]),
    summary: `F1 ${f1.toFixed(3)} (${compared}), Brier ${brier.toFixed(3)} on ${rows} labelled predictions`,
  };
}
