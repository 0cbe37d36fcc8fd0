import { type Column, listNames, requireNumeric, type Table } from '../../data/index.ts';
import type { ClassificationMetrics } from '../../data/results/classification.ts';
import type { ChosenCalibration, ChosenThreshold, Tuning } from '../../data/results/train.ts';
import { fieldRole, type TableSchema } from '../../data/schema.ts';
import { DataError } from '../../platform/errors.ts';
import {
  type BoostedTrees,
  type EstimatorParameters,
  encodeOnnx,
  requireBinaryTarget,
  trainModel,
} from '../../training/index.ts';
import type { ExternalParameters } from './external/external-trainer.ts';
import { type Finish, finishModel } from './finish-model.ts';
import { secondThread } from './second-thread.ts';
import { type RowParts, splitRows } from './split-rows.ts';
import { type TuningPlan, tune } from './tuning/tune.ts';

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
  readonly older?: LearningRows | undefined;
  readonly parameters: EstimatorParameters;
  /** Searches for better ones on the rows that are learned from, in order of time. */
  readonly tuning?: TuningPlan | undefined;
  /** Share of `rows`, the earliest, to learn from, 0..1. */
  readonly trainShare: number;
  readonly finish: Finish;
  readonly seed: number;
  /** A model to grow on from. */
  readonly continued?: BoostedTrees | undefined;
  /** Whether the best trees so far are the model once `signal` is aborted. */
  readonly keepBest?: boolean | undefined;
  readonly signal: AbortSignal;
}

export interface LearnedModel extends Omit<RowParts, 'train' | 'calibration' | 'validation'> {
  /** ONNX. */
  readonly bytes: Uint8Array;
  readonly features: readonly string[];
  /** Null where no parameters were searched for. */
  readonly tuning: Tuning | null;
  readonly calibration: ChosenCalibration;
  readonly threshold: ChosenThreshold;
  /** On the later rows, which the model did not learn from. */
  readonly metrics: ClassificationMetrics;
  readonly validation: { readonly features: Table; readonly probabilities: Float64Array };
  /** What it was trained by; kept with the training run. */
  readonly parameters: EstimatorParameters | ExternalParameters;
}

/**
 * Trains on the earlier rows, then calibrates, chooses the threshold and measures on the later ones.
 * @throws DataError when the target is not 0 and 1, both of them on either side of the split, or the later rows give no
 *   calibration or threshold as it is asked for
 */
export async function learn({
  rows,
  older,
  parameters: configured,
  tuning: plan,
  trainShare,
  finish,
  seed,
  continued,
  keepBest,
  signal,
}: LearningQuestion): Promise<LearnedModel> {
  const { train, calibration, validation, ...parts } = splitRows(rows, older, trainShare, finish);
  const question = { ...train, seed, signal, startHelper: secondThread };
  const tuned = plan === undefined ? undefined : await tune(question, configured, plan);
  const parameters = tuned?.parameters ?? configured;
  // Of other estimators only the search has a best so far.
  const keepsBest = keepBest && (plan === undefined || parameters.estimator === 'trees');
  const model = await trainModel({ ...question, continued, keepsBest }, parameters);
  const rest = afterGrowth(signal, keepBest);
  const finished = await finishModel(model, { calibration, validation }, finish, rest);
  return {
    bytes: encodeOnnx(finished.model, finished.threshold.value),
    features: model.features,
    tuning: tuned?.tuning ?? null,
    calibration: finished.calibration,
    threshold: finished.threshold,
    metrics: finished.metrics,
    ...parts,
    validation: { features: validation.features, probabilities: finished.probabilities },
    parameters,
  };
}

/** What stops the work after the trees have grown: nothing, where an interruption was to keep them. */
export function afterGrowth(signal: AbortSignal, keepBest: boolean | undefined): AbortSignal {
  return keepBest ? new AbortController().signal : signal;
}

/** What the reader should know of a growth that was interrupted. */
export function interruptionNotes(signal: AbortSignal): readonly string[] {
  return signal.aborted ? ['interrupted: the model is the best of the trees that had grown until then'] : [];
}
