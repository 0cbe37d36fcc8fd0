import { requireColumn, type Table, takeRows } from '../../data/index.ts';
import { predictionColumn } from '../../data/prediction-columns.ts';
import { dayMs, weekMs } from '../../platform/durations.ts';
import { DataError } from '../../platform/errors.ts';

/** One week of the stream, and the moment it was over. */
export interface StreamWeek {
  /** Epoch milliseconds, like `until`. */
  readonly from: number;
  readonly until: number;
  readonly rows: Table;
}

/** The stream cut into weeks, counted from the day of its first row. @throws DataError when a row has no time */
export function streamWeeks(stream: Table, path: string): readonly StreamWeek[] {
  const time = requireColumn(stream, predictionColumn.time);
  const gap = time.kind === 'numeric' ? time.values.findIndex(Number.isNaN) : 0;
  if (time.kind !== 'numeric' || time.type !== 'datetime' || gap >= 0 || stream.rows === 0) {
    throw new DataError(`${path}: '${predictionColumn.time}' does not hold a time in every row`, {
      why: 'the stream is replayed by its times, ISO 8601 with zone',
      remedy: 'give every row its time',
    });
  }
  const first = time.values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const start = Math.floor(first / dayMs) * dayMs;
  const weeks = new Map<number, number[]>();
  for (const [row, value] of time.values.entries()) {
    const week = Math.floor((value - start) / weekMs);
    const rows = weeks.get(week) ?? [];
    rows.push(row);
    weeks.set(week, rows);
  }
  return [...weeks]
    .sort(([a], [b]) => a - b)
    .map(([week, rows]) => ({
      from: start + week * weekMs,
      until: start + (week + 1) * weekMs,
      rows: takeRows(stream, Uint32Array.from(rows)),
    }));
}
