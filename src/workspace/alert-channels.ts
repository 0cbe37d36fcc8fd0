import { z } from 'zod';
import { duration, name, variable } from './value-kinds.ts';

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

interface Login {
  readonly user?: string | undefined;
  readonly password_env?: string | undefined;
  readonly password_file?: string | undefined;
}

const passwordWanted = { path: ['user'], error: 'expected user together with password_env or password_file' };

function passwordForUser({ user, password_env, password_file }: Login): boolean {
  const sources = [password_env, password_file].filter((source) => source !== undefined);
  return sources.length === (user === undefined ? 0 : 1);
}

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
}).refine(passwordForUser, passwordWanted);

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
})
  .refine(oneAddress, whichAddress)
  .refine(passwordForUser, passwordWanted);

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

export const channelDefinition = z.discriminatedUnion(
  'kind',
  [smtp, webhook, pagerduty, alertmanager, command, textfile],
  {
    error: (issue) =>
      issue.code === 'invalid_union'
        ? 'expected one of: smtp, webhook, pagerduty, alertmanager, command, textfile'
        : undefined,
  },
);

export type ChannelConfiguration = z.infer<typeof channelDefinition>;
export type ChannelOf<Kind extends ChannelConfiguration['kind']> = Extract<
  ChannelConfiguration,
  { kind: Kind }
>;

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
