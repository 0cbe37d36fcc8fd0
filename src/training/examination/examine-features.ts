import { countsRows } from '../../data/counts-rows.ts';
import { sortNumbers } from '../../data/sort-numbers.ts';
import { type NumericColumn, requireNumeric, type Table } from '../../data/table.ts';
import { mostCategories } from '../binned-feature.ts';
import { aloneAuc } from './alone-auc.ts';

/** From this area under the ROC curve on a lone feature is taken for the outcome under another name. */
export const leakAuc = 0.99;
/** A feature is measured against the outcome on so many rows at most, evenly spaced. */
const mostRows = 100_000;
/** Below so many rows an order says nothing. */
const fewestRows = 50;
/** Of the steps from one row to the next, those that go the same way where a feature rises with the rows. */
const oneWay = 0.99;

/** What is odd about the features that a model would learn from. */
export interface FeatureFaults {
  /** Features that alone tell the outcomes apart with an area of more than `leakAuc`. */
  readonly leaks: readonly { readonly name: string; readonly rocAuc: number }[];
  /** Features with one value in every row, or none. */
  readonly constant: readonly string[];
  /** Features with the values of one that stands before them. */
  readonly duplicates: readonly { readonly name: string; readonly of: string }[];
  /** Features that number the rows, or rise or fall from each row to the next: keys, counters, clocks. */
  readonly keys: readonly string[];
  /** Categories with more values than are told apart. */
  readonly wide: readonly { readonly name: string; readonly values: number }[];
}

export interface ExaminedRows {
  /** Numeric columns. */
  readonly features: Table;
  /** 0 or 1, one a row. */
  readonly target: Float64Array;
  /** Row numbers in order of time. */
  readonly order: Uint32Array;
  readonly categories: readonly string[];
}

export function examineFeatures({ features, target, order, categories }: ExaminedRows): FeatureFaults {
  const columns = features.columns.map(({ name }) => requireNumeric(features, name));
  const step = Math.max(1, features.rows / mostRows);
  const sample = Uint32Array.from({ length: Math.floor(features.rows / step) }, (_, i) =>
    Math.floor(i * step),
  );
  const outcomes = taken(target, sample);
  const leaks = columns.flatMap((column) => {
    const sampled = { ...column, values: taken(column.values, sample) };
    const rocAuc = aloneAuc(sampled, outcomes, categories.includes(column.name));
    return rocAuc !== undefined && rocAuc > leakAuc ? [{ name: column.name, rocAuc }] : [];
  });
  const constant = columns.filter(isConstant).map(({ name }) => name);
  const varied = columns.filter(({ name }) => !constant.includes(name));
  return {
    leaks,
    constant,
    duplicates: duplicatesAmong(varied),
    keys: varied
      .filter((column) => !categories.includes(column.name) && isKey(column, order))
      .map(({ name }) => name),
    wide: columns
      .filter(({ name }) => categories.includes(name))
      .map(({ name, values }) => ({ name, values: distinct(values) }))
      .filter(({ values }) => values > mostCategories),
  };
}

function distinct(values: Float64Array): number {
  const present = new Set(values);
  present.delete(Number.NaN);
  return present.size;
}

function taken(values: Float64Array, rows: Uint32Array): Float64Array {
  return rows.length === values.length ? values : Float64Array.from(rows, (row) => values[row] ?? Number.NaN);
}

function isConstant({ values }: NumericColumn): boolean {
  const [first = Number.NaN] = values;
  return values.every((value) => Object.is(value, first) || value === first);
}

function duplicatesAmong(columns: readonly NumericColumn[]): FeatureFaults['duplicates'] {
  const before = new Map<string, NumericColumn[]>();
  return columns.flatMap((column) => {
    const key = firstValues(column);
    const alike = before.get(key) ?? [];
    const twin = alike.find((each) => sameValues(each.values, column.values));
    if (twin !== undefined) return [{ name: column.name, of: twin.name }];
    before.set(key, [...alike, column]);
    return [];
  });
}

/** Tells most columns apart, so that thousands need not be compared with each other. */
function firstValues({ values }: NumericColumn): string {
  return values.subarray(0, 32).join();
}

function sameValues(a: Float64Array, b: Float64Array): boolean {
  return a.every((value, row) => value === b[row] || (Number.isNaN(value) && Number.isNaN(b[row])));
}

function isKey({ values }: NumericColumn, order: Uint32Array): boolean {
  if (values.length < fewestRows || values.some(Number.isNaN)) return false;
  return goesOneWay(values, order) || (mayCountRows(values) && countsRows(sortNumbers(values)));
}

/** Whole numbers that lie too close together to be all different need not be sorted to see it. */
function mayCountRows(values: Float64Array): boolean {
  if (!Number.isInteger(values[0])) return false;
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return most - least >= values.length - 1;
}

function goesOneWay(values: Float64Array, order: Uint32Array): boolean {
  let [up, down] = [0, 0];
  for (let place = 1; place < order.length; place++) {
    const step = (values[order[place] ?? 0] ?? 0) - (values[order[place - 1] ?? 0] ?? 0);
    if (step > 0) up++;
    else if (step < 0) down++;
    if (Math.min(up, down) > (1 - oneWay) * order.length) return false;
  }
  return Math.max(up, down) >= oneWay * (order.length - 1);
}
