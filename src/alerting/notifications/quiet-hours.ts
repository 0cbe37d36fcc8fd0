import type { AlertsConfiguration } from '../../workspace/index.ts';

type QuietHours = AlertsConfiguration['quiet_hours'];

/**
 * When the quiet hours that hold at `now` end (epoch milliseconds); undefined outside of them. From 22:00 until 07:00 reaches
 * over midnight; the hour that a change of summer time leaves out or repeats is taken as the zone has it.
 */
export function quietUntil(quiet: QuietHours, now: number): number | undefined {
  if (quiet === undefined) return undefined;
  const local = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(quiet.zone);
  const time = local.toPlainTime();
  const from = Temporal.PlainTime.from(quiet.from);
  const until = Temporal.PlainTime.from(quiet.until);
  const after = (limit: Temporal.PlainTime) => Temporal.PlainTime.compare(time, limit) >= 0;
  const overnight = Temporal.PlainTime.compare(from, until) >= 0;
  const isQuiet = overnight ? after(from) || !after(until) : after(from) && !after(until);
  if (!isQuiet) return undefined;
  const day = overnight && after(from) ? local.toPlainDate().add({ days: 1 }) : local.toPlainDate();
  return day.toZonedDateTime({ timeZone: quiet.zone, plainTime: until }).epochMilliseconds;
}
