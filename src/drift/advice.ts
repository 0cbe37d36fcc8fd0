import type { DriftFeature, DriftResult } from '../data/results/drift.ts';
import type { DataIssue } from '../data/results/quality.ts';
import { percentage } from './in-words.ts';
import { sureFinding } from './triage.ts';

/** A feature with less of the model than this, or than half of what each would have of equals, hardly moves its answers. */
const weighty = 0.05;

/** The result with what to do about each feature; `issues` are the faults of the data found beside it. */
export function withAdvice(result: DriftResult, issues: readonly DataIssue[]): DriftResult {
  const ofFeature = Map.groupBy(issues, (issue) => issue.feature);
  return {
    ...result,
    features: result.features.map((feature) => {
      const advice = adviceFor(feature, ofFeature.get(feature.name) ?? [], result);
      return advice === undefined ? feature : { ...feature, advice };
    }),
  };
}

/**
 * The first that applies, as the runbook goes about it: faults of the data before drift, and drift by how it came and by what the
 * model rests on. Undefined where there is nothing to do.
 */
export function adviceFor(
  feature: DriftFeature,
  issues: readonly DataIssue[],
  { status, features_total }: Pick<DriftResult, 'status' | 'features_total'>,
): string | undefined {
  const { drifted, missing, categories, onset, importance } = feature;
  if (issues.some(({ confidence }) => confidence >= sureFinding))
    return 'Mend the data first: fix the pipeline that brings this feature, then compare again; do not train on these rows.';
  if (issues.length > 0)
    return 'Look at the rows named as a fault before anything else: with them put right the drift may be gone.';
  if (!drifted) return undefined;
  if (status === 'UNKNOWN') return 'Wait for more rows, or look further back; do not retrain on so few.';
  if (missing.drifted === true)
    return 'Find out why the share of missing values changed: a form, a join or a source is the usual cause.';
  if ((categories?.new.length ?? 0) > 0)
    return 'The model has never seen the new categories: map them to known ones, or retrain with labelled rows that hold them.';
  if (onset?.shape === 'seasonal')
    return 'It comes and goes with the calendar: compare with the same season before you retrain.';
  if (onset?.shape === 'returning')
    return 'It moved and came back: wait for the next run before you do anything.';
  if (importance !== undefined && importance < Math.min(weighty, 0.5 / features_total))
    return `The model hardly rests on it (${percentage(importance)}): watch it, nothing more.`;
  const rests = importance === undefined ? '' : `The model rests on it (${percentage(importance)}). `;
  const how = onset?.shape === 'gradual' ? 'It moves on: retrain regularly' : 'Retrain';
  return `${rests}Look at the performance (mlops health). ${how} on newer labelled rows when the change is real (mlops retrain).`;
}
