import { dayMs } from '../../platform/durations.ts';
import type { NumericProfile, TextProfile } from '../feature-profile.ts';

/** Both sides' times by when in the day or the week they are. */
export interface TimePatterns {
  readonly reference: TextProfile;
  readonly current: TextProfile;
  /** What the two were counted by, and from when to when they reach. */
  readonly note: string;
}

/** Of fewer weeks a single holiday would be a pattern. */
const fewestWeeksMs = 14 * dayMs;
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/**
 * Times as categories: hours of the week where both sides span two weeks, hours of the day where both span a day; all in UTC.
 * That the current times are later than the reference's is in their nature and counts for nothing; another time zone, a
 * missing night or a stopped weekend shows.
 * @param reference of epoch milliseconds, not empty, as is `current`
 * @returns undefined where a side spans less than a day
 */
export function timePatterns(reference: NumericProfile, current: NumericProfile): TimePatterns | undefined {
  const span = Math.min(spanOf(reference), spanOf(current));
  if (span < dayMs) return undefined;
  const byWeek = span >= fewestWeeksMs;
  return {
    reference: patternOf(reference, byWeek),
    current: patternOf(current, byWeek),
    note: `by hour of the ${byWeek ? 'week' : 'day'} (UTC); ${rangeOf(reference)} in the reference, ${rangeOf(current)} now`,
  };
}

function spanOf({ sorted }: NumericProfile): number {
  return (sorted.at(-1) ?? 0) - (sorted[0] ?? 0);
}

function rangeOf({ sorted }: NumericProfile): string {
  const day = (time: number | undefined) => new Date(time ?? 0).toISOString().slice(0, 10);
  return `${day(sorted[0])} to ${day(sorted.at(-1))}`;
}

function patternOf({ rows, sorted }: NumericProfile, byWeek: boolean): TextProfile {
  const counted = new Map<string, number>();
  for (const time of sorted) {
    const date = new Date(time);
    const hour = `${String(date.getUTCHours()).padStart(2, '0')}h`;
    const name = byWeek ? `${weekdays[date.getUTCDay()]} ${hour}` : hour;
    counted.set(name, (counted.get(name) ?? 0) + 1);
  }
  const values = [...counted.keys()].sort();
  return {
    kind: 'text',
    type: 'string',
    rows,
    present: sorted.length,
    values,
    counts: values.map((value) => counted.get(value) ?? 0),
  };
}
