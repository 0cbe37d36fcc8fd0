import { type Column, readTable, selectColumns, type Table, textFields } from '../../data/index.ts';
import { TooFewRowsError, UsageError } from '../../platform/errors.ts';
import { artifactPath, findProductionAt, type ModelVersion } from '../../registry/index.ts';
import { readWindow, type Store, trainingRunRow } from '../../store/index.ts';
import type { Estimator } from '../../training/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { targetColumn, workspaceSchema } from '../workspace-schema.ts';
import { fewestRows } from './enough-rows.ts';
import { type LearningRows, learningRows } from './learn.ts';
import { readTrainingTable } from './read-training-table.ts';
import { requirePast } from './require-past.ts';
import { withoutKnownRows } from './without-known-rows.ts';

/** What `data` of a training run says when the rows were the store's own. */
export const storeSource = 'store';

export interface TrainingData {
  readonly rows: LearningRows;
  /** Rows from before all of these, to learn from only. */
  readonly older?: LearningRows;
  /** A file's path, or `store`. */
  readonly source: string;
  /** Name of the column with the true outcome. */
  readonly target: string;
  /** Kept beside the version: what monitoring compares current data with. */
  readonly reference: Table;
  /** Kept rows that the new version inherits; null where there are none. */
  readonly baseSha256: string | null;
}

export interface FileOptions {
  readonly target?: string | undefined;
  /** Column that says how much each row counts. */
  readonly weights?: string | undefined;
  readonly format?: string | undefined;
}

/**
 * @param now epoch milliseconds; later rows, and labels that became known later, are not to be learned from
 * @throws UsageError when no target is named anywhere; DataError when the file is no training data
 */
export async function trainingDataFromFile(
  workspace: Workspace,
  path: string,
  options: FileOptions & { readonly estimator?: Estimator | undefined },
  now: number,
  signal: AbortSignal,
): Promise<TrainingData> {
  const schema = workspaceSchema(workspace);
  const target = targetColumn(workspace, schema, options.target);
  if (target === undefined) {
    throw new UsageError('the column with the true outcome is not known', {
      why: `neither --target nor model.target of ${workspace.configurationPath} names it`,
      remedy: 'add --target COLUMN',
    });
  }
  const text = schema === undefined ? [] : textFields(schema);
  const { format, estimator = workspace.config.trainer.estimator } = options;
  const reference = await readTrainingTable(path, { format, text, signal }, estimator);
  const rows = learningRows(reference, target, schema, options.weights);
  requirePast(reference, rows.times, now);
  return {
    rows,
    source: path,
    target,
    reference,
    baseSha256: null,
  };
}

const labelColumn = 'true_label';

/**
 * Every labelled prediction known at `now`, in order of time; the training rows that Production began with come before them,
 * to learn from only.
 * @throws DataError when no prediction has a label
 */
export async function trainingDataFromStore(
  workspace: Workspace,
  store: Store,
  now: number,
): Promise<TrainingData> {
  const window = readWindow(store, { from: 0, until: now, labelledOnly: true });
  if (window.rows === 0) {
    throw new TooFewRowsError(
      'no prediction has a label',
      { rows: 0, needed: fewestRows },
      {
        why: 'a model learns from predictions whose true outcome is known',
        remedy: 'add labels: mlops labels add FILE',
      },
    );
  }
  const production = findProductionAt(store, now);
  const schema = workspaceSchema(workspace);
  const run = production?.runId == null ? undefined : trainingRunRow(store, production.runId);
  const target = run?.target ?? targetColumn(workspace, schema, undefined) ?? labelColumn;
  const labels: Column = { kind: 'numeric', name: target, type: 'integer', values: window.labels };
  const reference = { rows: window.rows, columns: [labels, ...window.features.columns] };
  const taken = learningRows(reference, target, schema);
  const features =
    production === undefined ? taken.features : selectColumns(taken.features, production.features);
  const rows = { features, target: window.labels, times: window.times, notes: [] };
  const data = { rows, source: storeSource, target, reference, baseSha256: production?.baseSha256 ?? null };
  const older = await olderRows(workspace, production, target, features);
  if (older === undefined) return data;
  const distinct = withoutKnownRows(older, rows);
  return { ...data, rows: { ...rows, notes: distinct.notes }, older: distinct };
}

async function olderRows(
  workspace: Workspace,
  production: ModelVersion | undefined,
  target: string,
  features: Table,
): Promise<LearningRows | undefined> {
  if (production?.baseSha256 == null) return undefined;
  const base = await readTable(artifactPath(workspace.paths.artifacts, production.baseSha256, 'parquet'));
  const names = features.columns.map((column) => column.name);
  const older = learningRows(selectColumns(base, [target, ...names]), target);
  return { ...older, times: undefined, notes: [] };
}
