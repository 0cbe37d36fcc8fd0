import { findColumn, type Table } from '../../data/index.ts';
import { toIso } from '../../platform/clock.ts';
import { DataError } from '../../platform/errors.ts';

/** Column of a file in which a label's own time may stand, as it does in a file of labels. */
const labelTime = 'label_timestamp';

/**
 * @param times of the rows, epoch milliseconds
 * @throws DataError when a row is later than `now`, or its label became known later
 */
export function requirePast(table: Table, times: Float64Array | undefined, now: number): void {
  const known = findColumn(table, labelTime);
  requireAll('is of', times, now);
  if (known?.kind === 'numeric' && known.type === 'datetime')
    requireAll('has a label that became known at', known.values, now);
}

function requireAll(what: string, times: Float64Array | undefined, now: number): void {
  const row = times?.findIndex((time) => time > now) ?? -1;
  if (row < 0) return;
  throw new DataError(`row ${row + 1} ${what} ${toIso(times?.[row] ?? 0)}, which lies in the future`, {
    why: `it is ${toIso(now)}: a model may learn only what was known by then`,
    remedy: 'correct the times, or leave these rows out',
  });
}
