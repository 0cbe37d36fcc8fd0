export const weekdays = [
  'sunday',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
] as const;
export type Weekday = (typeof weekdays)[number];

/** When something is done again and again, by the clock on the wall of the machine that does it. */
export type ScheduledTime =
  | { readonly every: 'hour'; readonly minute: number }
  | { readonly every: 'day'; readonly hour: number; readonly minute: number }
  | { readonly every: 'week'; readonly weekday: Weekday; readonly hour: number; readonly minute: number };

export const scheduledTimePattern =
  /^(?:never|hourly(?: at :([0-5]\d))?|(daily|sunday|monday|tuesday|wednesday|thursday|friday|saturday) ([01]\d|2[0-3]):([0-5]\d))$/;

const periods = { hour: 3_600_000, day: 86_400_000, week: 604_800_000 } as const;

/** Reads `hourly`, `hourly at :15`, `daily 06:00`, `friday 18:00`; undefined for `never` and for what is none of these. */
export function parseScheduledTime(text: string): ScheduledTime | undefined {
  const match = scheduledTimePattern.exec(text);
  if (match === null || text === 'never') return undefined;
  const [, pastHour, day, hour, minute] = match;
  if (day === undefined) return { every: 'hour', minute: Number(pastHour ?? 0) };
  const at = { hour: Number(hour), minute: Number(minute) };
  const weekday = weekdays.find((each) => each === day);
  return weekday === undefined ? { every: 'day', ...at } : { every: 'week', weekday, ...at };
}

/** Milliseconds from one time to the next. */
export function periodMs({ every }: ScheduledTime): number {
  return periods[every];
}
