import { z } from 'zod';
import { unknownChannels } from './alert-channels.ts';
import { type AlertsConfiguration, contactKeys } from './alerts.ts';
import { weekdays } from './scheduled-time.ts';
import { name, wallTime, zone } from './value-kinds.ts';

const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, { error: 'expected a day such as 2026-01-05' })
  .refine(isDay, {
    error: 'expected a day of the calendar',
  });

function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

const person = z.strictObject({
  name,
  /** Address that a message by SMTP goes to instead of the channel's own. */
  mail: name.optional(),
  channels: z.array(name).min(1).optional(),
});

const step = z.strictObject({
  channels: z.array(name).min(1).optional(),
  /** A week each, from `start` on; handed over at midnight of the calendar's zone. */
  rota: z.strictObject({ start: day, people: z.array(person).min(1) }).optional(),
  /** Whom it goes to when nobody acknowledges in time; null ends it. */
  next: z.enum(contactKeys).nullable().optional(),
});

export const escalationDefaults = {
  next: {
    api_down: 'infrastructure',
    high_drift: 'model_performance',
    model_performance: 'high_drift',
    infrastructure: 'api_down',
  },
  calendar: { zone: 'UTC', workdays: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'], end: '17:00' },
} as const;

const { calendar } = escalationDefaults;

export const escalationDefinition = z.strictObject({
  /** What a business day is: for "Next business day". */
  calendar: z
    .strictObject({
      zone: zone.default(calendar.zone),
      workdays: z
        .array(z.enum(weekdays))
        .min(1)
        .default([...calendar.workdays]),
      end: wallTime.default(calendar.end),
      holidays: z.array(day).default([]),
    })
    .prefault({}),
  api_down: step.prefault({}),
  high_drift: step.prefault({}),
  model_performance: step.prefault({}),
  infrastructure: step.prefault({}),
});

export type EscalationConfiguration = z.infer<typeof escalationDefinition>;
export type RotaPerson = z.infer<typeof person>;

/** Every channel that an escalation names must be there. */
export function checkEscalationChannels(
  {
    alerts,
    escalation,
  }: { readonly alerts: AlertsConfiguration; readonly escalation: EscalationConfiguration },
  context: z.RefinementCtx,
): void {
  const names = alerts.channels.map((each) => each.name);
  for (const key of contactKeys) {
    const { channels, rota } = escalation[key];
    unknownChannels(channels, names, ['escalation', key], context);
    for (const [index, each] of (rota?.people ?? []).entries())
      unknownChannels(each.channels, names, ['escalation', key, 'rota', 'people', index], context);
  }
}
