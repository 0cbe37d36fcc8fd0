import { z } from 'zod';
import type { ruleDefaults } from './alert-rules.ts';

const name = z.string().min(1);
const duration = z
  .string()
  .regex(/^\d+(?:\.\d+)?(?:s|m|h|d|w)$/, { error: 'expected a duration such as 30s, 15m, 24h, 7d or 2w' });
const wallTime = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, { error: 'expected a time of day such as "22:00", in quotes' });
const variable = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, { error: 'expected the name of an environment variable' });
const zone = z.string().refine(isTimeZone, { error: 'expected a time zone such as Europe/Vienna, or UTC' });

export const contactKeys = ['api_down', 'high_drift', 'model_performance', 'infrastructure'] as const;

function isTimeZone(text: string): boolean {
  try {
    return Intl.DateTimeFormat(undefined, { timeZone: text }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** A secret does not stand in mlops.yaml, which is read by many and copied into bundles: the error says where it goes. */
function neverHere(key: string) {
  return z
    .never({
      error: `expected no secret in this file: name where it is with ${key}_env (an environment variable) or ${key}_file (a file)`,
    })
    .optional();
}

function closed<Shape extends z.ZodRawShape>(shape: Shape) {
  const keys = Object.keys(shape).filter(
    (key) => !(shape[key] instanceof z.ZodOptional) || !isForbidden(shape[key]),
  );
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? `expected only these keys: ${keys.join(', ')}` : undefined,
  });
}

function isForbidden(schema: z.ZodOptional): boolean {
  return schema.unwrap() instanceof z.ZodNever;
}

/** An address that may stand in the file: without user, password or query, where secrets hide. */
const plainAddress = z
  .url({ protocol: /^https?$/, error: 'expected an address that starts with http:// or https://' })
  .refine(
    (text) => ['username', 'password', 'search'].every((part) => Reflect.get(new URL(text), part) === ''),
    {
      error:
        'expected an address without user, password or query: these are secrets, use url_env or url_file',
    },
  );

const common = {
  name: name.regex(/^[\w-]+$/, { error: 'expected letters, digits, - and _' }),
  /** Alerts below it do not go to this channel. */
  minimum_severity: z.enum(['WARNING', 'CRITICAL']).default('WARNING'),
  timeout_ms: z.int().positive().default(10_000),
} as const;

const address = {
  url: plainAddress.optional(),
  url_env: variable.optional(),
  url_file: name.optional(),
} as const;
const oneAddress = (each: { url?: unknown; url_env?: unknown; url_file?: unknown }) =>
  [each.url, each.url_env, each.url_file].filter((value) => value !== undefined).length === 1;
const whichAddress = { path: ['url_env'], error: 'expected one of url, url_env and url_file' };

const smtp = closed({
  ...common,
  kind: z.literal('smtp'),
  host: name,
  port: z.int().min(1).max(65_535).optional(),
  /** starttls: a plain connection that must become encrypted; tls: encrypted from the start; none: only inside one machine. */
  security: z.enum(['starttls', 'tls', 'none']).default('starttls'),
  /** Certificate authorities trusted beside the system's, PEM. */
  ca_file: name.optional(),
  user: name.optional(),
  password: neverHere('password'),
  password_env: variable.optional(),
  password_file: name.optional(),
  from: name,
  to: z.array(name).min(1),
});

const webhook = closed({
  ...common,
  kind: z.literal('webhook'),
  url: neverHere('url'),
  url_env: variable.optional(),
  url_file: name.optional(),
}).refine(oneAddress, {
  path: ['url_env'],
  error: 'expected url_env or url_file: the address of a webhook is its secret',
});

const pagerduty = closed({
  ...common,
  kind: z.literal('pagerduty'),
  ...address,
  routing_key: neverHere('routing_key'),
  routing_key_env: variable.optional(),
  routing_key_file: name.optional(),
})
  .refine(oneAddress, whichAddress)
  .refine((each) => (each.routing_key_env === undefined) !== (each.routing_key_file === undefined), {
    path: ['routing_key_env'],
    error: 'expected routing_key_env or routing_key_file',
  });

const alertmanager = closed({
  ...common,
  kind: z.literal('alertmanager'),
  ...address,
  user: name.optional(),
  password: neverHere('password'),
  password_env: variable.optional(),
  password_file: name.optional(),
  /** Alertmanager takes an alert for resolved that it is not told of for so long; monitoring runs once a day. */
  hold: duration.default('25h'),
}).refine(oneAddress, whichAddress);

const command = closed({
  ...common,
  kind: z.literal('command'),
  /** Run by sh, with the message as JSON on standard input. */
  command: name,
});

const textfile = closed({
  ...common,
  kind: z.literal('textfile'),
  path: name.regex(/\.prom$/, {
    error: 'expected a path that ends with .prom, as the textfile collector wants it',
  }),
});

const channel = z.discriminatedUnion('kind', [smtp, webhook, pagerduty, alertmanager, command, textfile], {
  error: (issue) =>
    issue.code === 'invalid_union'
      ? 'expected one of: smtp, webhook, pagerduty, alertmanager, command, textfile'
      : undefined,
});

const everyRule = {
  enabled: z.boolean().default(true),
  for: z.int().positive().optional(),
  window: duration.optional(),
  contact: z.enum(contactKeys).optional(),
  channels: z.array(name).optional(),
  repeat: duration.optional(),
} as const;

const thresholdRule = z.strictObject({
  ...everyRule,
  warning: z.number().nullable().optional(),
  critical: z.number().nullable().optional(),
  hysteresis: z.number().nonnegative().optional(),
  minimum_sample: z.int().nonnegative().optional(),
});

const verdictRule = z.strictObject({ ...everyRule, severity: z.enum(['WARNING', 'CRITICAL']).optional() });

const threshold = thresholdRule.prefault({});
const verdict = verdictRule.prefault({});

const rules = z.strictObject({
  api_latency: threshold,
  service: verdict,
  volume: verdict,
  volume_high: threshold,
  drift: threshold,
  data_issues: verdict,
  missing_values: verdict,
  outliers: verdict,
  f1: threshold,
  brier: threshold,
  disk: threshold,
  artifact: verdict,
  store: verdict,
  audit: verdict,
  predictions: verdict,
  label_coverage: verdict,
  artifacts_size: verdict,
  monitoring_age: threshold,
  export_age: threshold,
  backup_age: threshold,
} satisfies Record<keyof typeof ruleDefaults, z.ZodType>);

export const alertDefaults = {
  repeat: '4h',
  zone: 'UTC',
  firstRetry: '30s',
  longestRetry: '1h',
  seed: 42,
} as const;

export const alertsDefinition = z
  .strictObject({
    rules: rules.prefault({}),
    channels: z.array(channel).default([]),
    /** An alert that stays open and unacknowledged is told again after this. */
    repeat: duration.default(alertDefaults.repeat),
    quiet_hours: z
      .strictObject({ from: wallTime, until: wallTime, zone: zone.default(alertDefaults.zone) })
      .optional(),
    delivery: z
      .strictObject({
        first_retry: duration.default(alertDefaults.firstRetry),
        longest_retry: duration.default(alertDefaults.longestRetry),
        seed: z.int().nonnegative().default(alertDefaults.seed),
      })
      .prefault({}),
  })
  .superRefine(({ rules, channels }, context) => {
    const names = channels.map((each) => each.name);
    for (const [index, each] of names.entries()) {
      if (names.indexOf(each) < index)
        context.addIssue({
          code: 'custom',
          path: ['channels', index, 'name'],
          message: 'expected a name of its own',
        });
    }
    for (const [rule, each] of Object.entries(rules))
      unknownChannels(each.channels, names, ['rules', rule], context);
  });

export type AlertsConfiguration = z.infer<typeof alertsDefinition>;
export type ChannelConfiguration = AlertsConfiguration['channels'][number];
export type ThresholdRuleConfiguration = z.infer<typeof thresholdRule>;
export type VerdictRuleConfiguration = z.infer<typeof verdictRule>;

/** Says of each name of a channel that stands for none. */
export function unknownChannels(
  wanted: readonly string[] | undefined,
  names: readonly string[],
  path: readonly (string | number)[],
  context: z.RefinementCtx,
): void {
  for (const [index, each] of (wanted ?? []).entries()) {
    if (names.includes(each)) continue;
    const known = names.length === 0 ? 'none is set up under alerts.channels' : names.join(', ');
    context.addIssue({
      code: 'custom',
      path: [...path, 'channels', index],
      message: `expected one of: ${known}`,
    });
  }
}

const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, { error: 'expected a day such as 2026-01-05' })
  .refine(isDay, {
    error: 'expected a day of the calendar',
  });
const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

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
export { weekdays };

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

export type ChannelOf<Kind extends ChannelConfiguration['kind']> = Extract<
  ChannelConfiguration,
  { kind: Kind }
>;
