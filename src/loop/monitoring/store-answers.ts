import {
  type Column,
  findColumn,
  heldColumns,
  type NumericColumn,
  sampleRows,
  type Table,
  takeRows,
} from '../../data/index.ts';
import type { DriftResult } from '../../data/results/drift.ts';
import {
  type AnsweredRows,
  type ComparisonRules,
  comparableFeatures,
  type Feature,
  measureAnswers,
} from '../../drift/index.ts';
import { MlopsError } from '../../platform/errors.ts';
import { type ModelVersion, readArtifact } from '../../registry/index.ts';
import { openScorer, scoreTable } from '../../scoring/index.ts';
import { type PredictionWindow, readWindow, type Store, trainingRunRow } from '../../store/index.ts';
import { temporalSplit } from '../../training/index.ts';
import { randomFrom } from '../../training/random.ts';
import { durationMs, type Workspace } from '../../workspace/index.ts';
import { targetColumn, workspaceSchema } from '../workspace-schema.ts';
import { type ReferenceData, referenceData } from './reference-data.ts';

export interface StoreAnswers {
  readonly store: Store;
  readonly production: ModelVersion | undefined;
  readonly window: PredictionWindow;
  readonly reference: ReferenceData;
  readonly features: readonly Feature[];
  readonly rules: ComparisonRules;
  /** Epoch milliseconds. */
  readonly now: number;
}

type Answers = Pick<DriftResult, 'prediction' | 'label' | 'concept' | 'notes'>;

/** Rows of the reference that the model is run on, all or a seeded sample; and labelled predictions, the newest. */
const mostRows = 10_000;

/**
 * The Production version's answers against those it gives on the reference, and its errors against those on the reference's
 * rows that validated it; all of them where the file is another one. Labels come late: those of `performance.lookback` count.
 * In place of the reference an earlier window lends its answers alone, because its labels are as late.
 * What cannot be compared is left out, a reference that the model cannot score with a note.
 */
export async function compareStoreAnswers(
  workspace: Workspace,
  question: StoreAnswers,
  signal: AbortSignal,
): Promise<Answers> {
  const { production, window, reference } = question;
  if (production === undefined) return {};
  const { minimum_sample: minimumRows } = workspace.config.monitoring;
  const current = answeredBy(production, window);
  if (current.features.rows < minimumRows) return {};
  const { earlier } = reference;
  if (earlier === undefined) return compareWithReference(workspace, question, current, production, signal);
  const before = answeredBy(production, earlier);
  const answers =
    before.features.rows < minimumRows
      ? {}
      : measureAnswers({ ...question, reference: before, current, labelled: notAnswered, minimumRows });
  const training = await referenceData(workspace, production);
  if (training.kind === 'missing') return answers;
  const late = { ...question, reference: training };
  const errors = await compareWithReference(workspace, late, notAnswered, production, signal);
  const isJudged = errors.label !== undefined || errors.concept !== undefined;
  const note = isJudged ? [`labels and errors are compared with ${training.name}`] : [];
  return { ...answers, ...errors, notes: [...(errors.notes ?? []), ...note] };
}

const notAnswered: AnsweredRows = { features: { rows: 0, columns: [] } };

async function compareWithReference(
  workspace: Workspace,
  question: StoreAnswers,
  current: AnsweredRows,
  production: ModelVersion,
  signal: AbortSignal,
): Promise<Answers> {
  const { store, window, rules, now } = question;
  const { monitoring, performance } = workspace.config;
  try {
    const reference = await scoredReference(workspace, question, production, signal);
    const labelled = readWindow(store, {
      from: now - durationMs(performance.lookback),
      until: now,
      labelledOnly: true,
      newest: mostRows,
    });
    return measureAnswers({
      reference,
      current,
      labelled: answeredBy(production, labelled),
      features: comparableFeatures({ ...question, reference: reference.features, current: window.features }),
      rules,
      minimumRows: monitoring.minimum_sample,
    });
  } catch (error) {
    if (!(error instanceof MlopsError)) throw error;
    return {
      notes: [`answers are not compared: version ${production.version} on the reference: ${error.message}`],
    };
  }
}

/** The rows of the window that the version scored. */
function answeredBy({ version }: ModelVersion, window: PredictionWindow): AnsweredRows {
  const { versions, probabilities } = window;
  const rows = Uint32Array.from(versions.keys()).filter(
    (row) => versions[row] === version.toString() && !Number.isNaN(probabilities[row]),
  );
  const part = (name: string, values: Float64Array): NumericColumn => ({
    kind: 'numeric',
    name,
    type: 'number',
    values: Float64Array.from(rows, (row) => values[row] ?? Number.NaN),
  });
  return {
    features: takeRows(window.features, rows),
    prediction: part('probability', window.probabilities),
    label: part('true_label', window.labels),
  };
}

async function scoredReference(
  workspace: Workspace,
  { store, reference, rules }: StoreAnswers,
  production: ModelVersion,
  signal: AbortSignal,
): Promise<AnsweredRows> {
  const run = production.runId === null ? undefined : trainingRunRow(store, production.runId);
  const target = run?.target ?? targetColumn(workspace, workspaceSchema(workspace), undefined);
  const isOwn = workspace.config.monitoring.reference === undefined;
  const rows = isOwn && run !== undefined ? heldOut(reference.table, run.rows_validation) : reference.table;
  const names = rows.columns.map(({ name }) => name);
  const features = await sampleRows(heldColumns(rows), names, mostRows, randomFrom(rules.seed));
  const content = readArtifact(workspace.paths.artifacts, production.sha256, 'onnx');
  const scorer = await openScorer(content, production.features);
  try {
    const values = await scoreTable(scorer, features, signal);
    return {
      features,
      prediction: { kind: 'numeric', name: 'probability', type: 'number', values },
      label: target === undefined ? undefined : findColumn(features, target),
    };
  } finally {
    await scorer.close();
  }
}

/** The last rows in order of time, which validated the version: of those it learned from its errors are too small. */
function heldOut(table: Table, rows: number): Table {
  const isTime = (column: Column): column is NumericColumn => column.type === 'datetime';
  const times = table.columns.find(isTime)?.values;
  return takeRows(table, temporalSplit(times, table.rows, table.rows - rows).validation);
}
