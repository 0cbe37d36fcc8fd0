import { appendRows, sliceRows, type Table, takeRows } from '../../data/index.ts';
import { DataError } from '../../platform/errors.ts';
import { temporalSplit } from '../../training/index.ts';
import { calibrationRows, type Finish, type HeldRows } from './finish-model.ts';
import type { LearningRows } from './learn.ts';

export interface RowParts {
  /** To learn from, the older rows first. */
  readonly train: {
    readonly features: Table;
    readonly target: Float64Array;
    readonly weights: Float64Array | undefined;
  };
  /** The rows after these, for a calibration; none where there is to be none. */
  readonly calibration: HeldRows;
  /** The latest rows, to measure on. */
  readonly validation: HeldRows;
  readonly rows: { readonly train: number; readonly calibration: number; readonly validation: number };
  /** Of these, rows of outcome 1. */
  readonly positives: { readonly train: number; readonly validation: number };
  /** Latest time among the rows that a model or its calibration learns from, and among those that validate; null without times. */
  readonly learnedUntil: number | null;
  readonly validatedUntil: number | null;
}

/**
 * The earlier rows, and of the later ones those for a calibration and those to measure on.
 * @param older rows from before all of these, for the first part
 * @param trainShare of `rows`, 0..1
 * @throws DataError when the later rows have only one outcome
 */
export function splitRows(
  rows: LearningRows,
  older: LearningRows | undefined,
  trainShare: number,
  finish: Finish,
): RowParts {
  const earlier = Math.floor(rows.target.length * trainShare);
  const split = temporalSplit(rows.times, rows.target.length, earlier);
  const features = someRows(rows.features, split.train);
  const target = pick(rows.target, split.train);
  const weights = rows.weights && pick(rows.weights, split.train);
  const train =
    older === undefined
      ? { features, target, weights }
      : {
          features: appendRows(older.features, features),
          target: joined(older.target, target),
          weights: joinedWeights(older, weights, target.length),
        };
  const held = (from: Uint32Array): HeldRows => ({
    features: someRows(rows.features, from),
    labels: pick(rows.target, from),
    weights: rows.weights && pick(rows.weights, from),
  });
  const forCalibration = calibrationRows(split.validation.length, finish);
  const between = split.validation.slice(0, forCalibration);
  const validation = held(split.validation.slice(forCalibration));
  const positives = { train: sum(train.target), validation: sum(validation.labels) };
  requireBothToMeasure(validation.labels.length, positives.validation);
  return {
    train,
    calibration: held(between),
    validation,
    rows: {
      train: train.target.length,
      calibration: forCalibration,
      validation: validation.labels.length,
    },
    positives,
    learnedUntil: latest(rows.times, between) ?? latest(rows.times, split.train),
    validatedUntil: latest(rows.times, split.validation),
  };
}

function requireBothToMeasure(rows: number, positives: number): void {
  if (positives > 0 && positives < rows) return;
  throw new DataError(`the target is ${positives === 0 ? 0 : 1} in all ${rows} rows that measure`, {
    why: 'the later rows measure the model, and a figure needs both outcomes',
    remedy: 'give more rows, or rows in order of time, not of outcome',
  });
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The rows of a table; neighbours in order share their values with it, since a copy of millions takes gigabytes. */
function someRows(table: Table, rows: Uint32Array): Table {
  const [first = 0] = rows;
  return areNeighbours(rows) ? sliceRows(table, first, first + rows.length) : takeRows(table, rows);
}

function areNeighbours(rows: Uint32Array): boolean {
  const [first = 0] = rows;
  return rows.every((row, index) => row === first + index);
}

function pick(values: Float64Array, rows: Uint32Array): Float64Array {
  const [first = 0] = rows;
  if (areNeighbours(rows)) return values.subarray(first, first + rows.length);
  return Float64Array.from(rows, (row) => values[row] ?? Number.NaN);
}

function joined(first: Float64Array, second: Float64Array): Float64Array {
  const all = new Float64Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}

function joinedWeights(older: LearningRows, weights: Float64Array | undefined, rows: number) {
  if (older.weights === undefined && weights === undefined) return undefined;
  const same = (count: number) => new Float64Array(count).fill(1);
  return joined(older.weights ?? same(older.target.length), weights ?? same(rows));
}

function latest(times: Float64Array | undefined, rows: Uint32Array): number | null {
  if (times === undefined || rows.length === 0) return null;
  return rows.reduce((most, row) => Math.max(most, times[row] ?? most), Number.NEGATIVE_INFINITY);
}
