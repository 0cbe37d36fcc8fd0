import type { ConceptDrift, DriftResult } from '../../data/results/drift.ts';
import type { MonitorCheck } from '../../data/results/monitor.ts';
import type { DataIssue, FeatureQuality, VolumeResult } from '../../data/results/quality.ts';
import { dependenceSentence, powerSentence, sureFinding } from '../../drift/index.ts';
import { judgeBrier } from '../../health/check-brier.ts';
import { judgeF1 } from '../../health/check-f1.ts';
import { type Verdict, worstVerdict } from '../../platform/exit-codes.ts';
import { percent } from '../../platform/percent.ts';
import type { LabelledPerformance } from '../../store/index.ts';
import type { Configuration } from '../../workspace/index.ts';
import type { MissingReference } from './reference-data.ts';

export function notCompared({ why, remedy }: MissingReference): MonitorCheck {
  return { name: 'drift', status: 'UNKNOWN', summary: `nothing to compare with: ${why}; ${remedy}` };
}

export function judgeDrift(drift: DriftResult | null, rows: number, minimumSample: number): MonitorCheck {
  if (drift === null) return { name: 'drift', status: 'UNKNOWN', summary: 'no prediction in the window' };
  const { reference } = drift;
  if (Math.min(rows, reference.rows) < minimumSample) {
    const few =
      rows < minimumSample
        ? `${rows} predictions in the window`
        : `${reference.rows} rows to compare with (${reference.name})`;
    const summary = inOneLine(
      `${few}, fewer than the ${minimumSample} that a verdict needs`,
      powerSentence(drift.power),
    );
    return { name: 'drift', status: 'UNKNOWN', summary };
  }
  const names = drift.features
    .filter((feature) => feature.drifted)
    .map(({ name, onset }) => (onset === undefined ? name : `${name} (${onset.sentence})`));
  const share = `${drift.features_drifted} of ${drift.features_total} features drifted`;
  return {
    name: 'drift',
    status: drift.status,
    summary:
      names.length === 0
        ? share
        : inOneLine(`${share}: ${names.join(', ')}`, dependenceSentence(drift.features)),
  };
}

export function judgeConcept({ drifted, sentence }: ConceptDrift): MonitorCheck {
  return { name: 'concept', status: drifted ? 'WARNING' : 'OK', summary: sentence };
}

function inOneLine(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join('; ');
}

export function judgeIssues(issues: readonly DataIssue[]): MonitorCheck {
  const status: Verdict =
    issues.length === 0
      ? 'OK'
      : issues.some((issue) => issue.confidence >= sureFinding)
        ? 'CRITICAL'
        : 'WARNING';
  const summary = issues.map((issue) => issue.sentence).join('; ');
  return { name: 'data_issues', status, summary: summary || 'the data look as they did' };
}

export function judgeMissingValues(quality: readonly FeatureQuality[]): MonitorCheck {
  return judgeJumps(
    'missing_values',
    quality.flatMap(({ name, missing }) => (missing.jumped ? [shareMoved(name, missing)] : [])),
  );
}

export function judgeOutliers(quality: readonly FeatureQuality[]): MonitorCheck {
  return judgeJumps(
    'outliers',
    quality.flatMap(({ name, outliers }) => (outliers?.jumped ? [shareMoved(name, outliers)] : [])),
  );
}

function judgeJumps(name: MonitorCheck['name'], moved: readonly string[]): MonitorCheck {
  return moved.length === 0
    ? { name, status: 'OK', summary: 'no share moved' }
    : { name, status: 'WARNING', summary: moved.join(', ') };
}

function shareMoved(name: string, { reference, current }: { reference: number; current: number }): string {
  return `${name} ${percent(reference)} → ${percent(current)}`;
}

export function judgeVolume(volume: VolumeResult): MonitorCheck {
  return { name: 'volume', status: volume.status, summary: volume.sentence };
}

/** As bad as the worst check; that something else than drift is not yet known makes no run UNKNOWN. */
export function monitoringVerdict(checks: readonly MonitorCheck[]): Verdict {
  return worstVerdict(
    checks.filter(({ name, status }) => name === 'drift' || status !== 'UNKNOWN').map(({ status }) => status),
  );
}

/** By the runbook's limits for Brier score and F1; undefined while too few predictions of the version have labels. */
export function judgePerformance(
  measured: LabelledPerformance,
  baselineF1: number | null,
  { monitoring, performance }: Configuration,
): MonitorCheck | undefined {
  if (measured.rows < monitoring.minimum_sample) return undefined;
  const f1 = judgeF1(measured, baselineF1, monitoring.minimum_sample, performance);
  const brier = judgeBrier(measured, monitoring.minimum_sample, performance.brier_maximum);
  const known = [f1.status, brier.status].filter((status) => status !== 'UNKNOWN');
  return {
    name: 'performance',
    status: worstVerdict(known),
    summary: `F1 ${f1.summary}; Brier ${brier.summary}`,
  };
}
