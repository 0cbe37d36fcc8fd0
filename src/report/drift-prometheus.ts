import type { DriftFeature, DriftResult } from '../data/results/drift.ts';
import { verdictExitCode } from '../platform/exit-codes.ts';
import type { DriftSubject } from './drift-subject.ts';
import { type Labels, metric, type Sample } from './prometheus-metric.ts';

/** Prometheus' text exposition format 0.0.4, for the node exporter's textfile folder. */
export function driftPrometheus(result: DriftResult, { generatedAt }: DriftSubject): string {
  const { reference, current, features, issues = [], false_alarms, share_drifted_by_importance } = result;
  const each = (
    value: (feature: DriftFeature) => number | null | undefined,
    more?: (f: DriftFeature) => Labels,
  ) =>
    features.flatMap((feature): readonly Sample[] => {
      const found = value(feature);
      return found == null ? [] : [{ labels: { feature: feature.name, ...more?.(feature) }, value: found }];
    });
  const test = (feature: DriftFeature) => ({ test: feature.test });
  const one = (value: number | undefined) => (value === undefined ? [] : [{ labels: {}, value }]);
  const faults = Map.groupBy(issues, (issue) => issue.kind);
  return [
    ...metric(
      'mlops_drift_status',
      'Verdict on drift, 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN',
      one(verdictExitCode(result.status)),
    ),
    ...metric('mlops_drift_rows', 'Rows compared', [
      { labels: { side: 'reference' }, value: reference.rows },
      { labels: { side: 'current' }, value: current.rows },
    ]),
    ...metric('mlops_drift_features', 'Features compared', one(result.features_total)),
    ...metric('mlops_drift_features_drifted', 'Features that drifted', one(result.features_drifted)),
    ...metric('mlops_drift_share_ratio', 'Drifted features of all', one(result.share_drifted)),
    ...metric(
      'mlops_drift_share_by_importance_ratio',
      'The same, weighted by what the model rests on',
      one(share_drifted_by_importance),
    ),
    ...metric(
      'mlops_drift_false_alarms_ratio',
      'Chance that a report in which nothing moved names a feature',
      one(false_alarms?.expected),
    ),
    ...metric(
      'mlops_drift_feature_drifted',
      'Whether the feature drifted, 0 or 1',
      each(({ drifted }) => Number(drifted)),
    ),
    ...metric(
      'mlops_drift_feature_score',
      "What the feature's test measured",
      each(({ score }) => score, test),
    ),
    ...metric(
      'mlops_drift_feature_threshold',
      'What the score was held against',
      each(({ threshold }) => threshold, test),
    ),
    ...metric(
      'mlops_drift_feature_moved_ratio',
      'Share of rows that moved',
      each(({ effect }) => effect?.moved),
    ),
    ...metric(
      'mlops_drift_feature_importance_ratio',
      'What of the model rests on the feature',
      each(({ importance }) => importance),
    ),
    ...metric('mlops_drift_feature_missing_ratio', 'Share of rows without a value', [
      ...each(
        ({ missing }) => missing.reference,
        () => ({ side: 'reference' }),
      ),
      ...each(
        ({ missing }) => missing.current,
        () => ({ side: 'current' }),
      ),
    ]),
    ...metric(
      'mlops_drift_data_faults',
      'Faults of the data found, by kind',
      [...faults].map(([kind, found]) => ({ labels: { kind }, value: found.length })),
    ),
    ...metric('mlops_drift_timestamp_seconds', 'When the comparison was made', one(generatedAt / 1000)),
    '',
  ].join('\n');
}
