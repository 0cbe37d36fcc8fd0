import { parseDuration, parseIso } from '../platform/clock.ts';
import { UsageError } from '../platform/errors.ts';

/** @throws UsageError when a name is empty or stands twice */
export function parseNames(text: string | undefined): { readonly features?: readonly string[] } {
  if (text === undefined) return {};
  const features = text.split(',').map((name) => name.trim());
  const twice = features.find((name, place) => features.indexOf(name) !== place);
  if (!features.includes('') && twice === undefined) return { features };
  throw new UsageError(
    features.includes('') ? `--features '${text}' has an empty name` : `--features names '${twice}' twice`,
    { remedy: 'write it like --features age,income,debt' },
  );
}

/** @throws UsageError when it is no number between 0 and 1 */
export function parseThreshold(text: string | undefined): { readonly threshold?: number } {
  if (text === undefined) return {};
  const threshold = Number(text);
  if (threshold > 0 && threshold < 1) return { threshold };
  throw new UsageError(`--threshold '${text}' is no probability`, {
    why: 'it lies between 0 and 1, both excluded',
    remedy: 'write it like --threshold 0.25',
  });
}

export function parseSeed(text: string | undefined): { readonly seed?: number } {
  return text === undefined ? {} : { seed: requireWhole('--seed', text, 42) };
}

/** @throws UsageError when it is no whole number from 0 */
export function requireWhole(option: string, text: string, example: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(number)) return number;
  throw new UsageError(`${option} '${text}' is no whole number`, {
    remedy: `write it like ${option} ${example}`,
  });
}

/** @throws UsageError when it is no duration, or one of nothing */
export function checkDuration(option: string, text: string | undefined): void {
  if (text === undefined || (parseDuration(text) ?? 0) > 0) return;
  throw new UsageError(`${option} '${text}' is no duration`, {
    why: 'a duration is a number above 0 and a unit (s, m, h, d or w), together at most a hundred years',
    remedy: `write it like ${option} 15m, ${option} 24h or ${option} 7d`,
  });
}

/** Epoch milliseconds of an option's value. @throws UsageError when it is no ISO 8601 time with zone */
export function requireTime(option: string, text: string): number {
  const time = parseIso(text);
  if (time !== undefined) return time;
  throw new UsageError(`${option} '${text}' is not a time`, {
    why: 'a time is ISO 8601 with its zone',
    remedy: `write it like ${option} 2026-08-03T06:00:00Z`,
  });
}

export function parseTime(option: string, text: string | undefined): number | undefined {
  return text === undefined ? undefined : requireTime(option, text);
}

/** @throws UsageError when it is no whole number from 1 */
export function parseCount(option: string, text: string): number {
  if (/^[1-9]\d{0,11}$/.test(text)) return Number(text);
  throw new UsageError(`${option} '${text}' is no whole number from 1`, {
    remedy: `write it like ${option} 50`,
  });
}
