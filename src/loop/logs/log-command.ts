import { z } from 'zod';
import type { LogOrigin } from './log-origin.ts';
import { type LogLine, parseLogLine, priorityLevel } from './parse-line.ts';

export interface Excerpt {
  /** Only lines from then on, epoch milliseconds. */
  readonly since: number | undefined;
  /** Most lines, the newest. */
  readonly lines: number;
  readonly follow: boolean;
}

type Program = string | readonly [string, ...string[]];

/** The command that prints a log which is no file; with `follow` it goes on until it is killed. */
export function logCommand(origin: Exclude<LogOrigin, { kind: 'file' }>, excerpt: Excerpt): Program {
  if (origin.kind === 'command') return origin.command;
  const { since, lines, follow } = excerpt;
  if (origin.kind === 'journald') {
    return [
      'journalctl',
      '--no-pager',
      '--output=json',
      `--unit=${origin.unit}`,
      `--lines=${lines}`,
      ...(since === undefined ? [] : [`--since=@${Math.floor(since / 1000)}`]),
      ...(follow ? ['--follow'] : []),
    ];
  }
  const { container, engine } = origin;
  const [first, ...more] = engine === 'compose' ? ['docker', 'compose'] : [engine ?? 'docker'];
  return [
    first ?? 'docker',
    ...more,
    'logs',
    '--timestamps',
    ...(engine === 'compose' ? ['--no-color', '--no-log-prefix'] : []),
    `--tail=${lines}`,
    ...(since === undefined ? [] : [`--since=${new Date(since).toISOString()}`]),
    ...(follow ? ['--follow'] : []),
    container,
  ];
}

const journalEntry = z.object({
  __REALTIME_TIMESTAMP: z.coerce.number(),
  PRIORITY: z.coerce.number().optional(),
  /** Bytes where it is no UTF-8; null where it is too long. */
  MESSAGE: z.union([z.string(), z.array(z.number()), z.null()]).optional(),
});

/** A line as that origin prints it. */
export function parseOriginLine(origin: LogOrigin, line: string, now: number): LogLine {
  if (origin.kind === 'journald') return parseJournalLine(line, now);
  if (origin.kind !== 'container') return parseLogLine(line, now);
  const [, stamp, rest] = /^(\d{4}-\d{2}-\d{2}T\S+Z?) (.*)$/s.exec(line) ?? [];
  if (stamp === undefined) return parseLogLine(line, now);
  const inner = parseLogLine(rest ?? '', now);
  return { ...inner, at: parseLogLine(stamp, now).at ?? inner.at };
}

function parseJournalLine(line: string, now: number): LogLine {
  const parsed = journalEntry.safeParse(jsonOf(line));
  if (!parsed.success) return parseLogLine(line, now);
  const { __REALTIME_TIMESTAMP: microseconds, PRIORITY: priority, MESSAGE: message } = parsed.data;
  const text = typeof message === 'string' ? message : Buffer.from(message ?? []).toString('utf8');
  const inner = parseLogLine(text, now);
  return {
    at: microseconds / 1000,
    level: inner.level ?? (priority === undefined ? null : priorityLevel(priority)),
    text: inner.text,
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
