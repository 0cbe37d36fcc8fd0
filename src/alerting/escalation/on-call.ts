import type { EscalationConfiguration, RotaPerson } from '../../workspace/index.ts';

type Step = EscalationConfiguration['api_down'];
type Calendar = EscalationConfiguration['calendar'];

/** Who of the rota has the week that `now` (epoch milliseconds) lies in; undefined without a rota. Before its start it is counted back. */
export function onCall({ rota }: Step, { zone }: Calendar, now: number): RotaPerson | undefined {
  if (rota === undefined) return undefined;
  const days = Temporal.PlainDate.from(rota.start).until(dateIn(zone, now), { largestUnit: 'days' }).days;
  const turn = Math.floor(days / 7) % rota.people.length;
  return rota.people.at(turn);
}

export function dateIn(zone: string, now: number): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate();
}
