import { type EscalationConfiguration, type ResponseTime, weekdays } from '../../workspace/index.ts';
import { dateIn } from './on-call.ts';

type Calendar = EscalationConfiguration['calendar'];

/**
 * When a contact must have acknowledged (epoch milliseconds). Minutes, hours and days run round the clock; "Next business day" is
 * until the calendar's `end` on the first day after today that is one of `workdays` and no holiday, in the calendar's zone.
 */
export function deadline(response: ResponseTime, calendar: Calendar, now: number): number {
  if (response.kind === 'within') return now + response.ms;
  let day = dateIn(calendar.zone, now).add({ days: 1 });
  // A calendar whose every day is a holiday ends after a year.
  for (let looked = 0; looked < 366 && !isBusinessDay(day, calendar); looked++) day = day.add({ days: 1 });
  return day.toZonedDateTime({ timeZone: calendar.zone, plainTime: calendar.end }).epochMilliseconds;
}

function isBusinessDay(day: Temporal.PlainDate, { workdays, holidays }: Calendar): boolean {
  return workdays.some((name) => name === weekdays[day.dayOfWeek % 7]) && !holidays.includes(day.toString());
}
