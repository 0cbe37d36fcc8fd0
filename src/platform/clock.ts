/** Time comes in through this, never from the air, so that any moment can be replayed with `--as-of`. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Milliseconds since some moment, for durations; it runs on also where `now` is fixed. */
  elapsed(): number;
  /** True where `now` is a moment that was named, by --as-of. */
  readonly replayed: boolean;
}

const elapsed = () => performance.now();

export const systemClock: Clock = { now: () => Date.now(), elapsed, replayed: false };

export function fixedClock(epochMs: number): Clock {
  return { now: () => epochMs, elapsed, replayed: true };
}

/** Whole milliseconds since `started`, a time of the clock's `elapsed`. */
export function durationSince(clock: Clock, started: number): number {
  return Math.round(clock.elapsed() - started);
}

/** ISO 8601 in UTC with milliseconds, the one form in which the store and all output hold times. */
export function toIso(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

const isoWithZone = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(:(\d{2})(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/;

/** Epoch milliseconds of an ISO 8601 time that names its zone; undefined for anything else, also for a 30 February. */
export function parseIso(text: string): number | undefined {
  const match = isoWithZone.exec(text.trim());
  if (match === null) return undefined;
  const [, year, month, day] = match;
  const daysInMonth = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  if (Number(day) < 1 || Number(day) > daysInMonth) return undefined;
  const epochMs = Date.parse(
    text
      .trim()
      .replace(' ', 'T')
      .replace(/([+-]\d{2})(\d{2})$/, '$1:$2'),
  );
  return Number.isNaN(epochMs) ? undefined : epochMs;
}

/** A hundred years: beyond it a date could leave the range of ISO 8601. */
const longestDuration = 36_525 * 864e5;
const durationUnits: Readonly<Record<string, number>> = { s: 1e3, m: 6e4, h: 36e5, d: 864e5, w: 6048e5 };

/** Milliseconds of `30s`, `15m`, `24h`, `7d` or `2w`; undefined for anything else, and for more than a hundred years. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(s|m|h|d|w)$/.exec(text.trim());
  const unit = durationUnits[match?.[2] ?? ''];
  if (match === null || unit === undefined) return undefined;
  const milliseconds = Number(match[1]) * unit;
  return milliseconds <= longestDuration ? milliseconds : undefined;
}

/** A time (epoch milliseconds) as a part of a file's name: `20261124T060000Z`. */
export function fileStamp(at: number): string {
  return toIso(at).replace(/[-:]|\.\d+/g, '');
}
