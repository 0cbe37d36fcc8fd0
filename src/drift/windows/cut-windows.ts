import { dayMs, minuteMs, weekMs } from '../../platform/durations.ts';
import { DataError, UsageError } from '../../platform/errors.ts';

/** The epoch began on a Thursday; weeks begin on Mondays. */
const firstMonday = 4 * dayMs;
const mostWindows = 2_000;
/** A window of which the data cover less is partial. */
const fullShare = 0.9;

/** A length of time: calendar months, or so many milliseconds. */
export type Period =
  | { readonly unit: 'month' }
  | { readonly unit: 'time'; readonly milliseconds: number; readonly fromMonday: boolean };

/** How data are cut into windows: by period, so many rows each, or so many windows. */
export type WindowRule =
  | { readonly kind: 'period'; readonly period: Period }
  | { readonly kind: 'rows'; readonly rows: number }
  | { readonly kind: 'count'; readonly count: number };

/** Consecutive rows of data in order. */
export interface WindowRows {
  /** Rows from `first` up to `end`, from 0. */
  readonly first: number;
  readonly end: number;
  /** Epoch milliseconds, until not included; undefined of windows by row. */
  readonly time: { readonly from: number; readonly until: number } | undefined;
  readonly partial: boolean;
}

/** Epoch milliseconds between which the data were looked for. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** `1month`, `month`, or a number and m, h, d or w; undefined for anything else. */
export function parsePeriod(text: string): Period | undefined {
  if (/^1?month$/.test(text)) return { unit: 'month' };
  const match = /^([1-9]\d{0,5})([mhdw])$/.exec(text);
  const length = { m: minuteMs, h: 60 * minuteMs, d: dayMs, w: weekMs }[match?.[2] ?? ''];
  if (match === null || length === undefined) return undefined;
  return { unit: 'time', milliseconds: Number(match[1]) * length, fromMonday: match[2] === 'w' };
}

/** @throws UsageError when no window of the rule begins a week after another one */
export function requireWeekApart(rule: WindowRule): void {
  if (rule.kind === 'period' && rule.period.unit === 'time' && weekMs % rule.period.milliseconds === 0)
    return;
  throw new UsageError('no such window begins a week after another one', {
    why: 'a week has to be a whole number of periods',
    remedy: 'with --against week-before write --every 1d, --every 12h or --every 7d',
  });
}

export interface RowsToCut {
  readonly rows: number;
  /** Epoch milliseconds, ascending, one a row; undefined where the rows have none. */
  readonly times: Float64Array | undefined;
  readonly span?: Span;
}

/** @throws DataError when there are too many windows, fewer rows than windows, or periods without times */
export function cutWindows(rule: WindowRule, { rows, times, span }: RowsToCut): readonly WindowRows[] {
  if (rule.kind === 'rows') return windowsOfRows(rows, rule.rows);
  if (rule.kind === 'count') return windowsByCount(rows, rule.count);
  if (times !== undefined) return windowsByPeriod(times, rule.period, span);
  throw new DataError('rows without times cannot be cut by period', {
    remedy: 'name the column of times with --time, or cut by --chunk-rows or --chunks',
  });
}

/** So many rows each; the last window has what is left. */
function windowsOfRows(rows: number, size: number): readonly WindowRows[] {
  const count = Math.ceil(rows / size);
  requireFew(count);
  return Array.from({ length: count }, (_, index) => {
    const end = Math.min(rows, (index + 1) * size);
    return { first: index * size, end, time: undefined, partial: end - index * size < size };
  });
}

/** So many windows whose rows differ by one at most. @throws DataError when there are fewer rows than windows */
function windowsByCount(rows: number, count: number): readonly WindowRows[] {
  requireFew(count);
  if (count > rows) {
    throw new DataError(`${rows} rows cannot be cut into ${count} windows`, {
      why: 'a window has a row at least',
      remedy: `ask for at most ${rows}`,
    });
  }
  return Array.from({ length: count }, (_, index) => ({
    first: Math.floor((index * rows) / count),
    end: Math.floor(((index + 1) * rows) / count),
    time: undefined,
    partial: false,
  }));
}

/**
 * Windows of a period each, one after the other, also those without rows: weeks from Monday, months from their first day, and other
 * periods from `span`, or from the midnight (UTC) before the first row where it is not given.
 * @param times epoch milliseconds, ascending, not empty
 */
function windowsByPeriod(times: Float64Array, period: Period, span?: Span): readonly WindowRows[] {
  const covered = span ?? { from: times[0] ?? 0, until: times.at(-1) ?? 0 };
  const starts = startsOf(period, span?.from ?? Math.floor(covered.from / dayMs) * dayMs);
  const firstNumber = starts.numberOf(covered.from);
  const last = Math.max(times.at(-1) ?? 0, covered.until - 1);
  const count = starts.numberOf(last) - firstNumber + 1;
  requireFew(count);
  let row = 0;
  return Array.from({ length: count }, (_, index) => {
    const from = starts.startOf(firstNumber + index);
    const until = starts.startOf(firstNumber + index + 1);
    const first = row;
    while (row < times.length && (times[row] ?? 0) < until) row++;
    const present = Math.min(until, covered.until) - Math.max(from, covered.from);
    return { first, end: row, time: { from, until }, partial: present < fullShare * (until - from) };
  });
}

/** Windows by number: which one a time lies in, and when one begins. */
function startsOf(period: Period, origin: number) {
  if (period.unit === 'month') {
    const startOf = (month: number) => Date.UTC(1970 + Math.floor(month / 12), ((month % 12) + 12) % 12);
    const numberOf = (at: number) => {
      const date = new Date(at);
      return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
    };
    return { startOf, numberOf };
  }
  const zero = period.fromMonday ? firstMonday : origin;
  return {
    startOf: (number: number) => zero + number * period.milliseconds,
    numberOf: (at: number) => Math.floor((at - zero) / period.milliseconds),
  };
}

function requireFew(count: number): void {
  if (count <= mostWindows) return;
  throw new DataError(`these would be ${count} windows`, {
    why: `at most ${mostWindows} are compared in one run`,
    remedy: 'ask for longer windows',
  });
}
