import { dayMs, hourMs } from '../../platform/durations.ts';
import type { Season } from './fits.ts';

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** Data of less than this are spoken of in hours. */
const shortSpan = 7 * dayMs;

/** Places in the data as a reader says them: days or hours where they have times, rows counted from 1 otherwise. */
export interface Places {
  /** For JSON: ISO 8601, or the number of the row. */
  readonly exact: (row: number) => string;
  readonly inWords: (row: number) => string;
  /** "± 1 day": half the distance, rounded up. */
  readonly reach: (row: number, from: number, until: number) => string;
}

/** @param positions epoch milliseconds where `timed`, otherwise numbers of rows from 1; ascending */
export function placesOf(positions: Float64Array, timed: boolean): Places {
  const at = (row: number) => positions[row] ?? 0;
  const furthest = (row: number, from: number, until: number) =>
    Math.max(at(row) - at(from), at(until) - at(row));
  if (!timed) {
    return {
      exact: (row) => String(at(row)),
      inWords: (row) => `row ${at(row)}`,
      reach: (row, from, until) => plusMinus(furthest(row, from, until), 'row'),
    };
  }
  const short = at(positions.length - 1) - at(0) < shortSpan;
  return {
    exact: (row) => new Date(at(row)).toISOString(),
    inWords: (row) => (short ? `${dayInWords(at(row))} ${timeOfDay(at(row))}` : dayInWords(at(row))),
    reach: (row, from, until) =>
      plusMinus(Math.ceil(furthest(row, from, until) / (short ? hourMs : dayMs)), short ? 'hour' : 'day'),
  };
}

function plusMinus(count: number, unit: string): string {
  const shown = Math.max(1, count);
  return `± ${shown} ${unit}${shown === 1 ? '' : 's'}`;
}

/** "Sat 12 Sep", UTC. By hand, because the locale's tables take 15 ms to load. */
export function dayInWords(at: number): string {
  const date = new Date(at);
  return `${days[date.getUTCDay()]} ${date.getUTCDate()} ${months[date.getUTCMonth()]}`;
}

function timeOfDay(at: number): string {
  return new Date(at).toISOString().slice(11, 16);
}

/** "on Sat, Sun", "from 22:00 to 06:00 UTC". */
export function seasonInWords({ period, phases }: Season): string {
  const [first = 0] = phases;
  const hour = (number: number) => `${String(number % 24).padStart(2, '0')}:00`;
  return period === 'weekday'
    ? `on ${phases.map((phase) => days[phase]).join(', ')}`
    : `from ${hour(first)} to ${hour(first + phases.length)} UTC`;
}
