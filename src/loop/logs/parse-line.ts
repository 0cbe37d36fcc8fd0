import type { LogLevelName } from '../../data/results/logs.ts';

export interface LogLine {
  /** Epoch milliseconds; null where the line says no time. */
  readonly at: number | null;
  readonly level: LogLevelName | null;
  readonly text: string;
}

/** Characters of a line that are kept. */
const longestLine = 4000;

/**
 * Time, level and message of one line of anybody's log: JSON, ISO times, Python's and syslog's forms, web servers'. A time without
 * a zone is this machine's.
 * @param now epoch milliseconds; a time without a year is the last such before it
 */
export function parseLogLine(line: string, now: number): LogLine {
  const plain = withoutColour(line).trimEnd().slice(0, longestLine);
  const record = plain.startsWith('{') ? jsonRecord(plain) : undefined;
  if (record !== undefined) return fromRecord(record, plain);
  return { at: timeIn(plain, now), level: levelIn(plain), text: plain };
}

type JsonRecord = ReadonlyMap<string, unknown>;

function jsonRecord(line: string): JsonRecord | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : undefined;
  } catch {
    return undefined;
  }
}

function fromRecord(record: JsonRecord, line: string): LogLine {
  const first = (...names: readonly string[]) =>
    names.map((name) => record.get(name)).find((each) => each !== undefined);
  const message = first('msg', 'message', 'event');
  return {
    at: timeOf(first('time', 'timestamp', '@timestamp', 'ts', 'asctime', 'datetime')),
    level: levelOf(first('level', 'levelname', 'severity', 'lvl')),
    text: typeof message === 'string' ? `${message}${furtherFields(record)}` : line,
  };
}

/** What our own log says beside its message. */
function furtherFields(record: JsonRecord): string {
  const [command, code, duration, cause] = ['command', 'exit_code', 'duration_ms', 'cause'].map((name) =>
    record.get(name),
  );
  if (typeof command !== 'string' || typeof code !== 'number') return '';
  const because = typeof cause === 'string' ? `: ${cause}` : '';
  return `${because} (${command}, exit ${code}, ${String(duration)} ms)`;
}

function timeOf(value: unknown): number | null {
  if (typeof value === 'number') return epochMs(value);
  if (typeof value !== 'string') return null;
  return /^\d{9,17}(?:\.\d+)?$/.test(value) ? epochMs(Number(value)) : isoTime(value);
}

/** Seconds, milliseconds, microseconds or nanoseconds since 1970, told by their size. */
function epochMs(value: number): number {
  if (value < 1e11) return value * 1000;
  if (value < 1e14) return value;
  return value < 1e17 ? value / 1000 : value / 1e6;
}

const iso = /(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:[.,](\d{1,9}))?\s?(Z|[+-]\d{2}:?\d{2})?/;

function isoTime(text: string): number | null {
  const match = iso.exec(text);
  if (match === null) return null;
  const [, day, time, fraction = '0', zone = ''] = match;
  const shortZone = zone.replace(/([+-]\d{2})(\d{2})$/, '$1:$2');
  const at = Date.parse(`${day}T${time}.${fraction.slice(0, 3).padEnd(3, '0')}${shortZone}`);
  return Number.isNaN(at) ? null : at;
}

const web = /(\d{2})\/([A-Z][a-z]{2})\/(\d{4}):(\d{2}:\d{2}:\d{2}) ([+-]\d{4})/;
const syslog = /^([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d{2}:\d{2}:\d{2})\b/;

/** A time counts within the first characters of a line only: further on it is part of what is told. */
const head = 160;

function timeIn(line: string, now: number): number | null {
  const begin = line.slice(0, head);
  const [, day, month, year, time, zone] = web.exec(begin) ?? [];
  if (day !== undefined) return valid(Date.parse(`${day} ${month} ${year} ${time} ${zone}`));
  const short = syslog.exec(begin);
  if (short !== null) return withoutYear(`${short[2]} ${short[1]}`, short[3] ?? '', now);
  return isoTime(begin);
}

function withoutYear(day: string, time: string, now: number): number | null {
  const year = new Date(now).getFullYear();
  const aDay = 86_400_000;
  const at = valid(Date.parse(`${day} ${year} ${time}`));
  return at !== null && at > now + aDay ? valid(Date.parse(`${day} ${year - 1} ${time}`)) : at;
}

function valid(time: number): number | null {
  return Number.isNaN(time) ? null : time;
}

const levels: readonly (readonly [RegExp, LogLevelName])[] = [
  [/^(?:fatal|critical|crit|emerg(?:ency)?|alert|panic)$/i, 'critical'],
  [/^(?:error|err|severe)$/i, 'error'],
  [/^(?:warn|warning)$/i, 'warn'],
  [/^(?:info|information|notice)$/i, 'info'],
  [/^(?:debug|trace|verbose)$/i, 'debug'],
];

/** Pino's numbers; journald's priorities go by `priorityLevel`. */
function levelOf(value: unknown): LogLevelName | null {
  if (typeof value === 'number') {
    if (value >= 60) return 'critical';
    if (value >= 50) return 'error';
    if (value >= 40) return 'warn';
    return value >= 30 ? 'info' : 'debug';
  }
  return typeof value === 'string' ? (levels.find(([name]) => name.test(value))?.[1] ?? null) : null;
}

const levelWord =
  /\b(FATAL|CRITICAL|CRIT|EMERG|PANIC|ERROR|SEVERE|WARNING|WARN|INFO|NOTICE|DEBUG|TRACE)\b|\[(fatal|critical|crit|emerg|alert|error|warning|warn|info|notice|debug|trace)\]|\b(?:level|severity)=["']?(\w+)|^(error|warning|info|debug):/;

function levelIn(line: string): LogLevelName | null {
  const match = levelWord.exec(line.slice(0, head));
  return match === null ? null : levelOf(match.slice(1).find((each) => each !== undefined));
}

/** Of syslog and journald: 0 emergency … 7 debug. */
export function priorityLevel(priority: number): LogLevelName {
  if (priority <= 2) return 'critical';
  if (priority === 3) return 'error';
  if (priority === 4) return 'warn';
  return priority <= 6 ? 'info' : 'debug';
}

function withoutColour(line: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are escape sequences
  return line.replace(/\u001b\[[\d;]*[A-Za-z]/g, '');
}
