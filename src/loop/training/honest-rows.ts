import { listNames, type NumericColumn, type Table } from '../../data/index.ts';
import { toIso } from '../../platform/clock.ts';
import { DataError } from '../../platform/errors.ts';
import {
  examineFeatures,
  type FeatureFaults,
  leakAuc,
  mostCategories,
  requireBothClasses,
  requireFeatures,
  temporalSplit,
} from '../../training/index.ts';
import { requireEnoughRows } from './enough-rows.ts';
import type { LearningRows } from './learn.ts';

/** What a person says about features that a training is not to take as they are. */
export interface FeatureWishes {
  /** Features that the model does not see. */
  readonly leaveOut?: readonly string[] | undefined;
  /** Features to learn from although they alone tell the outcome, or are times after the row's own. */
  readonly allowLeaks?: readonly string[] | undefined;
}

/**
 * Examines the features before a model learns from them: leaks are refused, features that add nothing and keys are named in the
 * notes, all others stay.
 * @param categories features whose numbers are names
 * @throws TooFewRowsError
 * @throws DataError when one outcome is missing, every feature has one value, or a wish names no feature; naming a feature that
 *   tells the outcome by itself, or is later than its row
 */
export function honestRows(
  rows: LearningRows,
  { leaveOut = [], allowLeaks = [] }: FeatureWishes,
  categories: readonly string[] = [],
): LearningRows {
  requireEnoughRows(rows.target.length);
  requireBothClasses(rows.target);
  const all = rows.features.columns.map(({ name }) => name);
  requireFeatures('leave_out', leaveOut, all);
  requireFeatures('allow_leaks', allowLeaks, all);
  const columns = rows.features.columns.filter(({ name }) => !leaveOut.includes(name));
  const features = { rows: rows.features.rows, columns };
  const order = temporalSplit(rows.times, features.rows, features.rows).train;
  const faults = examineFeatures({ features, target: rows.target, order, categories });
  if (faults.constant.length === columns.length) {
    throw new DataError('there is nothing to learn from', {
      why:
        columns.length === 0
          ? 'every feature is left out'
          : `no feature has two different values: ${listNames(faults.constant)}`,
      remedy: 'check where the file comes from; give features that differ from row to row',
    });
  }
  const allowed = new Set(allowLeaks);
  const leak = faults.leaks.find(({ name }) => !allowed.has(name));
  if (leak !== undefined) throw leaking(leak);
  requireNoLaterTimes(features, rows.times, allowed);
  const notes = [
    ...rows.notes,
    ...(leaveOut.length === 0 ? [] : [`left out, as asked: ${listNames(leaveOut)}`]),
    ...faultNotes(faults),
    ...(columns.length > features.rows
      ? [`${columns.length} features for ${features.rows} rows: some agree with the outcome by chance`]
      : []),
    ...(rows.times?.every((time) => time === rows.times?.[0])
      ? ['all rows have one time: the file order stood in for it']
      : []),
  ];
  return { ...rows, features, notes };
}

/** What is odd about the features, leaks that were allowed among it. */
function faultNotes({ leaks, constant, duplicates, keys, wide }: FeatureFaults): readonly string[] {
  return [
    ...leaks.map(
      ({ name, rocAuc }) =>
        `${name} alone tells the outcome (ROC AUC ${auc(rocAuc)}), which was allowed: figures are as good as it is`,
    ),
    ...(constant.length === 0
      ? []
      : [`one value in every row, so that nothing is learned from: ${listNames(constant)}`]),
    ...duplicates.map(
      ({ name, of }) => `${name} has the values of ${of}: leave one out (--leave-out ${name})`,
    ),
    ...keys.map(
      (name) =>
        `${name} counts the rows: a key tells nothing of new rows; leave it out (--leave-out ${name}, or role ignore in the schema)`,
    ),
    ...wide.map(
      ({ name, values }) =>
        `${name} has ${values} categories: the ${mostCategories} most frequent are told apart, all others count as one`,
    ),
  ];
}

function leaking({ name, rocAuc }: { readonly name: string; readonly rocAuc: number }): DataError {
  return new DataError(`'${name}' alone tells the outcome: ROC AUC ${auc(rocAuc)}`, {
    why: `more than ${leakAuc} is seldom earned: such a column is mostly filled in after the outcome, as a date of closing is`,
    remedy: `leave it out: --leave-out ${name}; if it is known when a prediction is made: --allow-leaks ${name}`,
  });
}

/** Times among the features are compared with the row's own: a later one was not known then. */
function requireNoLaterTimes(
  features: Table,
  times: Float64Array | undefined,
  allowed: ReadonlySet<string>,
): void {
  if (times === undefined) return;
  const isTime = (column: { readonly type: string; readonly kind: string }): column is NumericColumn =>
    column.kind === 'numeric' && column.type === 'datetime';
  for (const { name, values } of features.columns.filter(isTime)) {
    if (allowed.has(name)) continue;
    const later = values.findIndex((value, row) => value > (times[row] ?? Number.NaN));
    if (later < 0) continue;
    const count = values.reduce((sum, value, row) => sum + Number(value > (times[row] ?? Number.NaN)), 0);
    throw new DataError(
      `'${name}' lies after the time of its own row in ${count} rows, first in row ${later + 1}`,
      {
        why: `it is ${toIso(values[later] ?? 0)} there, and was not known at ${toIso(times[later] ?? 0)}`,
        remedy: `leave it out: --leave-out ${name}; if the row's time is wrong: --allow-leaks ${name}`,
      },
    );
  }
}

function auc(value: number): string {
  return value.toFixed(3);
}
