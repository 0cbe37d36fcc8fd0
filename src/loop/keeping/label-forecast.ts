import { dayMs, weekMs } from '../../platform/durations.ts';
import { labelsBetween, type Store } from '../../store/index.ts';

/**
 * How many labels are missing and when they will be there: `needs 63 more labels; at last week's rate (9 a day) Thursday
 * 3 December`. The rate is that of the week before `now` (epoch milliseconds).
 */
export function labelForecast(store: Store, had: number, needed: number, now: number): string {
  const missing = Math.max(0, needed - had);
  if (missing === 0) return `there are enough labels now: ${had} of ${needed}`;
  const lacks = `needs ${missing} more label${missing === 1 ? '' : 's'} (${had} of ${needed})`;
  const lastWeek = labelsBetween(store, now - weekMs, now);
  if (lastWeek === 0) return `${lacks}; none came in the last week, so that no day can be named`;
  const aDay = lastWeek / 7;
  return `${lacks}; at last week's rate (${rate(aDay)} a day) ${dayInWords(now + Math.ceil(missing / aDay) * dayMs)}`;
}

function rate(aDay: number): string {
  return aDay < 10 ? String(Number(aDay.toFixed(1))) : String(Math.round(aDay));
}

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** `Thursday 3 December`, in UTC. */
function dayInWords(at: number): string {
  const date = new Date(at);
  return `${days[date.getUTCDay()]} ${date.getUTCDate()} ${months[date.getUTCMonth()]}`;
}
