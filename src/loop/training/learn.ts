import {
  appendRows,
  type Column,
  listNames,
  requireNumeric,
  type Table,
  takeRows,
} from '../../data/index.ts';
import type { ClassificationMetrics } from '../../data/results/classification.ts';
import type { ChosenCalibration, ChosenThreshold } from '../../data/results/train.ts';
import { fieldRole, type TableSchema } from '../../data/schema.ts';
import { DataError } from '../../platform/errors.ts';
import {
  type EstimatorParameters,
  encodeOnnx,
  requireBinaryTarget,
  temporalSplit,
  trainModel,
} from '../../training/index.ts';
import { calibrationRows, type Finish, finishModel } from './finish-model.ts';
import { secondThread } from './second-thread.ts';

/** What a model learns from and is measured on. */
export interface LearningRows {
  /** Numeric columns. */
  readonly features: Table;
  /** 0 or 1, one a row. */
  readonly target: Float64Array;
  /** How much each row counts; all the same where undefined. */
  readonly weights?: Float64Array | undefined;
  /** Epoch milliseconds, one a row; undefined where file order stands in for time. */
  readonly times: Float64Array | undefined;
  /** What the reader should know, such as columns left out. */
  readonly notes: readonly string[];
}

/**
 * Picks target, weights, times and numeric features of a table: those of the schema, else every column that can be one.
 * @throws DataError when the target or a feature is missing or holds text, a target is not 0 or 1, or there is no numeric feature
 */
export function learningRows(
  table: Table,
  targetName: string,
  schema?: TableSchema,
  weightsName?: string,
): LearningRows {
  const weights = weightsName === undefined ? undefined : requireNumeric(table, weightsName).values;
  const others = [targetName, weightsName];
  const target = requireNumeric(table, targetName).values;
  requireBinaryTarget(target);
  const time = timeColumn(table, schema);
  const notes = time === undefined ? ['no time column: the file order stood in for time'] : [];
  if (schema === undefined) noteTimes(table, time?.name, notes);
  const candidates =
    schema === undefined
      ? table.columns.filter((column) => !others.includes(column.name) && column.type !== 'datetime')
      : schema.fields
          .filter(
            (field) =>
              fieldRole(field) === 'feature' && !others.includes(field.name) && field.type !== 'string',
          )
          .map((field) => requireNumeric(table, field.name));
  const columns = numericOnly(candidates, notes);
  return { features: { rows: table.rows, columns }, target, weights, times: time?.values, notes };
}

function timeColumn(table: Table, schema: TableSchema | undefined) {
  const named = schema?.fields.find((field) => fieldRole(field) === 'time')?.name;
  const time = table.columns.find(
    (column) => column.type === 'datetime' && (named === undefined || column.name === named),
  );
  if (time?.kind !== 'numeric') return undefined;
  const row = time.values.findIndex(Number.isNaN);
  if (row < 0) return time;
  throw new DataError(`row ${row + 1} has no ${time.name}`, {
    why: 'the rows are split by time',
    remedy: 'give every row its time, or leave the column out',
  });
}

function noteTimes(table: Table, own: string | undefined, notes: string[]): void {
  const times = table.columns.filter(({ name, type }) => type === 'datetime' && name !== own);
  if (times.length > 0)
    notes.push(`left out, because they hold times: ${listNames(times.map(({ name }) => name))}`);
}

function numericOnly(columns: readonly Column[], notes: string[]): readonly Column[] {
  const text = columns.filter((column) => column.kind === 'text');
  if (text.length > 0)
    notes.push(`left out, because they hold text: ${listNames(text.map(({ name }) => name))}`);
  const numeric = columns.filter((column) => column.kind === 'numeric');
  if (numeric.length > 0) return numeric;
  throw new DataError('there is no numeric feature to learn from', {
    remedy: 'add numeric columns beside the target',
  });
}

export interface LearningQuestion {
  readonly rows: LearningRows;
  /** Rows from before all of these; the model learns from them and is not measured on them. */
  readonly older?: LearningRows;
  readonly parameters: EstimatorParameters;
  /** Share of `rows`, the earliest, to learn from, 0..1. */
  readonly trainShare: number;
  readonly finish: Finish;
  readonly seed: number;
  readonly signal: AbortSignal;
}

export interface LearnedModel {
  /** ONNX. */
  readonly bytes: Uint8Array;
  readonly features: readonly string[];
  readonly calibration: ChosenCalibration;
  readonly threshold: ChosenThreshold;
  /** On the later rows, which the model did not learn from. */
  readonly metrics: ClassificationMetrics;
  readonly rows: { readonly train: number; readonly calibration: number; readonly validation: number };
  /** Of these, rows of outcome 1. */
  readonly positives: { readonly train: number; readonly validation: number };
  readonly validation: { readonly features: Table; readonly probabilities: Float64Array };
  /** Latest time among the rows that it or its calibration learned from, and among those that validated; null without times. */
  readonly learnedUntil: number | null;
  readonly validatedUntil: number | null;
  readonly parameters: EstimatorParameters;
}

/**
 * Trains on the earlier rows, then calibrates, chooses the threshold and measures on the later ones.
 * @throws DataError when the target is not 0 and 1, both of them on either side of the split, or the later rows give no
 *   calibration or threshold as it is asked for
 */
export async function learn({
  rows,
  older,
  parameters,
  trainShare,
  finish,
  seed,
  signal,
}: LearningQuestion): Promise<LearnedModel> {
  const earlier = Math.floor(rows.target.length * trainShare);
  const split = temporalSplit(rows.times, rows.target.length, earlier);
  const learned = {
    features: takeRows(rows.features, split.train),
    target: pick(rows.target, split.train),
    weights: rows.weights === undefined ? undefined : pick(rows.weights, split.train),
  };
  const all =
    older === undefined
      ? learned
      : {
          features: appendRows(older.features, learned.features),
          target: joined(older.target, learned.target),
        };
  const held = (from: Uint32Array) => ({
    features: takeRows(rows.features, from),
    labels: pick(rows.target, from),
    weights: rows.weights === undefined ? undefined : pick(rows.weights, from),
  });
  const forCalibration = calibrationRows(split.validation.length, finish);
  const between = split.validation.slice(0, forCalibration);
  const validation = held(split.validation.slice(forCalibration));
  const positives = { train: countPositives(all.target), validation: countPositives(validation.labels) };
  requireBothToMeasure(validation.labels.length, positives.validation);
  const model = await trainModel({ ...all, seed, signal, startHelper: secondThread }, parameters);
  const finished = await finishModel(model, { calibration: held(between), validation }, finish, signal);
  return {
    bytes: encodeOnnx(finished.model, finished.threshold.value),
    features: model.features,
    calibration: finished.calibration,
    threshold: finished.threshold,
    metrics: finished.metrics,
    rows: {
      train: all.target.length,
      calibration: forCalibration,
      validation: split.validation.length - forCalibration,
    },
    positives,
    validation: { features: validation.features, probabilities: finished.probabilities },
    learnedUntil: latest(rows.times, between) ?? latest(rows.times, split.train),
    validatedUntil: latest(rows.times, split.validation),
    parameters,
  };
}

function countPositives(target: Float64Array): number {
  return target.reduce((sum, outcome) => sum + outcome, 0);
}

function requireBothToMeasure(rows: number, positives: number): void {
  if (positives > 0 && positives < rows) return;
  throw new DataError(`the target is ${positives === 0 ? 0 : 1} in all ${rows} rows that measure`, {
    why: 'the later rows measure the model, and a figure needs both outcomes',
    remedy: 'give more rows, or rows in order of time, not of outcome',
  });
}

function pick(values: Float64Array, rows: Uint32Array): Float64Array {
  return Float64Array.from(rows, (row) => values[row] ?? Number.NaN);
}

function latest(times: Float64Array | undefined, rows: Uint32Array): number | null {
  if (times === undefined || rows.length === 0) return null;
  return rows.reduce((most, row) => Math.max(most, times[row] ?? most), Number.NEGATIVE_INFINITY);
}

function joined(first: Float64Array, second: Float64Array): Float64Array {
  const all = new Float64Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}
