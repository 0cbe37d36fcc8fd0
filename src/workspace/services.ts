import { z } from 'zod';
import { serviceDefaults } from './defaults.ts';

const name = z.string().min(1);
const positive = z.number().positive();
const port = /^(?:\[[0-9a-fA-F:]+\]|[^\s:/[\]]+):(\d{1,5})$/;

export const contactKeys = ['api_down', 'high_drift', 'model_performance', 'infrastructure'] as const;

const everyService = {
  name,
  timeout_ms: z.int().positive().max(600_000).default(serviceDefaults.timeoutMs),
  contact: z.enum(contactKeys).default('api_down'),
  /** Shell command that restarts it, and how long it may take until it is healthy again. */
  restart: name.optional(),
  restart_timeout_ms: z.int().positive().default(serviceDefaults.restartTimeoutMs),
  /** A file by its path, `journald:UNIT`, or a shell command that prints it. */
  logs: name.optional(),
};

const answerTimes = {
  warning_ms: positive.default(serviceDefaults.warningMs),
  critical_ms: positive.default(serviceDefaults.criticalMs),
  /** Process that should hold the port: its name, or its pidfile, a path. */
  listener: name.optional(),
};

const resources = {
  /** Shares of one core. */
  cpu_warning: positive.optional(),
  cpu_critical: positive.optional(),
  /** Resident memory, 10⁶ bytes. */
  memory_warning_megabytes: positive.optional(),
  memory_critical_megabytes: positive.optional(),
};

const urlService = z.strictObject({
  url: z.url({
    protocol: /^https?$/,
    error: ({ code }) =>
      code === 'invalid_type' ? undefined : 'expected an address that starts with http:// or https://',
  }),
  /** Text that the answer holds, or a regular expression between slashes. */
  expect_body: name
    .refine(isBodyPattern, { error: 'expected a text, or a regular expression such as /"ok": *true/i' })
    .optional(),
  expect_status: z.int().min(100).max(599).optional(),
  ...answerTimes,
  ...everyService,
});

const tcpService = z.strictObject({
  tcp: z
    .string()
    .refine((text) => isPort(port.exec(text)?.[1]), { error: 'expected host:port, such as 127.0.0.1:5432' }),
  ...answerTimes,
  ...everyService,
});

const commandService = z.strictObject({
  /** Shell command whose exit code is the verdict, as Nagios plugins have it. */
  command: name,
  ...everyService,
});

const processService = z.strictObject({
  /** Its name as `ps` shows it, or its pidfile, a path with a slash. */
  process: name,
  ...resources,
  ...everyService,
});

const containerService = z.strictObject({
  container: name,
  engine: z.enum(['docker', 'podman', 'compose']).optional(),
  ...resources,
  ...everyService,
});

/** The kind of a service is told by the key that it has. */
export const serviceDefinition = z.union([
  urlService,
  tcpService,
  commandService,
  processService,
  containerService,
]);

export type ServiceConfiguration = z.infer<typeof serviceDefinition>;
export type UrlService = z.infer<typeof urlService>;
export type TcpService = z.infer<typeof tcpService>;
export type CommandService = z.infer<typeof commandService>;
export type ProcessService = z.infer<typeof processService>;
export type ContainerService = z.infer<typeof containerService>;

/** What `expect_body` asks for: a regular expression between slashes, with flags, else the text itself. */
export function bodyPattern(text: string): RegExp {
  const [, source, flags] = /^\/(.+)\/([dgimsuvy]*)$/s.exec(text) ?? [];
  return source === undefined
    ? new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    : new RegExp(source, flags);
}

function isBodyPattern(text: string): boolean {
  try {
    bodyPattern(text);
    return true;
  } catch {
    return false;
  }
}

function isPort(digits: string | undefined): boolean {
  const number = Number(digits);
  return number >= 1 && number <= 65_535;
}

export type LogSource =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'journald'; readonly unit: string }
  | { readonly kind: 'command'; readonly command: string };

/** What the `logs` of a service names: `journald:UNIT`, a path without blanks, else a command. */
export function logSource(text: string): LogSource {
  const unit = /^journald:\s*(\S+)$/.exec(text)?.[1];
  if (unit !== undefined) return { kind: 'journald', unit };
  if (/^(?:\/|\.{1,2}\/|[^\s/]+\/)\S*$/.test(text) || /^\S+\.(?:log|jsonl|txt|err|out)$/.test(text))
    return { kind: 'file', path: text };
  return { kind: 'command', command: text };
}
