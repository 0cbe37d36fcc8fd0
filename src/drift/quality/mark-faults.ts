import type { DriftFeature, DriftResult } from '../../data/results/drift.ts';
import type { DataIssue } from '../../data/results/quality.ts';
import { sureFinding } from '../triage.ts';

/**
 * The result with its findings, and a note on each feature that has a sure one. Such a feature counts as drifted all the
 * same when its test says so: its values are not what the model knows, whatever the reason (decision 0018).
 */
export function markFaults(drift: DriftResult, issues: readonly DataIssue[]): DriftResult {
  const sure = new Map<string | null, DataIssue>();
  for (const issue of issues)
    if (issue.confidence >= sureFinding && !sure.has(issue.feature)) sure.set(issue.feature, issue);
  const features = drift.features.map((feature) => withNote(feature, sure.get(feature.name)));
  return { ...drift, features, issues: [...issues] };
}

/**
 * The verdict where it alone is looked at, as by a CI job: a sure fault makes WARNING of OK, however few features it is in.
 * Not for `monitor`, which has a check of its own for the faults (decision 0018).
 */
export function warnOfFaults(drift: DriftResult): DriftResult {
  const sure = drift.issues?.some(({ confidence }) => confidence >= sureFinding) ?? false;
  return sure && drift.status === 'OK' ? { ...drift, status: 'WARNING' } : drift;
}

function withNote(feature: DriftFeature, issue: DataIssue | undefined): DriftFeature {
  if (issue === undefined) return feature;
  const fault = `looks like a fault of the data (${issue.kind.replaceAll('_', ' ')}), not drift`;
  return { ...feature, note: feature.note === undefined ? fault : `${feature.note}; ${fault}` };
}
