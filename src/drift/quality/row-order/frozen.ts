import type { Column } from '../../../data/table.ts';
import { number, percent } from '../../in-words.ts';
import type { OrderFinder } from './column-pair.ts';

/** Fewer rows that are alike prove nothing. */
const fewestAlike = 20;
/** And they are at least this share of the rows. */
const least = 0.02;
/** Runs that long are expected so rarely in rows without order. */
const rare = 1e-12;
/** So many times longer than any other run of either side. */
const longer = 5;
/** Rows outside the run change their value at least this often, of what rows without order would. */
const mixing = 0.5;

/**
 * A value that stands still over a stretch of rows, in which it came from somewhere else than before: a broken sensor, a feed that
 * repeats its last answer. Missing values count as one value.
 *
 * The run is longer than rows in no order have it by chance, far longer than any other run of either side, and the rows around it
 * change as if they had no order: of sorted and of grouped rows, long runs are the nature.
 */
export const frozen: OrderFinder = ({ name, reference, current }) => {
  const now = runsOf(current);
  const { longest, rows } = now;
  if (longest.rows < Math.max(fewestAlike, least * rows) || longest.rows === rows) return undefined;
  const outside = rows - longest.rows;
  const before = runsOf(reference);
  if (longest.rows < longer * Math.max(now.second, before.longest.rows)) return undefined;
  const share = Math.max(
    shareOf(reference, longest.value, before.rows),
    (countOf(current, longest.value) - longest.rows) / outside,
  );
  if (rows * share ** longest.rows > rare) return undefined;
  if (outside < fewestAlike || now.count - 1 < mixing * outside * changeRate(current, longest))
    return undefined;
  const shown = longest.value === undefined ? 'missing' : String(longest.value);
  return {
    kind: 'frozen',
    feature: name,
    rows: longest.rows,
    example: longest.value === undefined ? null : shown,
    confidence: 0.9,
    sentence: `${name} is ${typeof longest.value === 'number' ? number(longest.value) : shown} in ${longest.rows} rows on end, from row ${longest.from + 1} to ${longest.from + longest.rows === rows ? 'the last' : `row ${longest.from + longest.rows}`}; ${percent(share)} of the other rows are: it looks frozen`,
  };
};

type Value = number | string | undefined;

interface Run {
  readonly value: Value;
  readonly from: number;
  readonly rows: number;
}

interface Runs {
  readonly rows: number;
  readonly count: number;
  readonly longest: Run;
  /** Rows of the longest of the others. */
  readonly second: number;
}

/** Codes of texts, numbers as they are, -1 and NaN for missing: equal when the values are. */
function cells(column: Column): Float64Array | Int32Array {
  return column.kind === 'numeric' ? column.values : column.codes;
}

function valueAt(column: Column, row: number): Value {
  if (column.kind === 'text') return column.dictionary[column.codes[row] ?? -1];
  const value = column.values[row];
  return Number.isNaN(value) ? undefined : value;
}

function runsOf(column: Column): Runs {
  const values = cells(column);
  let longest = { from: 0, rows: 0 };
  let second = 0;
  let count = 0;
  for (let from = 0, until = 0; from < values.length; from = until) {
    while (until < values.length && Object.is(values[until], values[from])) until++;
    const rows = until - from;
    count++;
    if (rows > longest.rows) {
      second = longest.rows;
      longest = { from, rows };
    } else second = Math.max(second, rows);
  }
  return {
    rows: values.length,
    count,
    longest: { ...longest, value: valueAt(column, longest.from) },
    second,
  };
}

function countOf(column: Column, value: Value): number {
  const wanted =
    column.kind === 'numeric'
      ? (value ?? Number.NaN)
      : value === undefined
        ? -1
        : column.dictionary.indexOf(String(value));
  let count = 0;
  for (const each of cells(column)) if (Object.is(each, wanted)) count++;
  return count;
}

function shareOf(column: Column, value: Value, rows: number): number {
  return rows === 0 ? 0 : countOf(column, value) / rows;
}

/** Chance that two neighbours differ, were the rows outside the run in no order: 1 less the sum of the squared shares. */
function changeRate(column: Column, run: Run): number {
  const counts = new Map<number, number>();
  const values = cells(column);
  for (const [row, value] of values.entries())
    if (row < run.from || row >= run.from + run.rows) counts.set(value, (counts.get(value) ?? 0) + 1);
  const outside = values.length - run.rows;
  let alike = 0;
  for (const count of counts.values()) alike += (count / outside) ** 2;
  return 1 - alike;
}
