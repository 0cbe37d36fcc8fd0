import { parseDuration, parseIso } from '../platform/clock.ts';
import { UsageError } from '../platform/errors.ts';

export function parseNames(text: string | undefined): { readonly features?: readonly string[] } {
  return text === undefined ? {} : { features: text.split(',').map((name) => name.trim()) };
}

/** @throws UsageError when it is no number between 0 and 1 */
export function parseThreshold(text: string | undefined): { readonly threshold?: number } {
  if (text === undefined) return {};
  const threshold = Number(text);
  if (threshold > 0 && threshold < 1) return { threshold };
  throw new UsageError(`--threshold '${text}' is no probability`, {
    remedy: 'write it like --threshold 0.25',
  });
}

/** @throws UsageError when it is no whole number from 0 */
export function parseSeed(text: string | undefined): { readonly seed?: number } {
  if (text === undefined) return {};
  const seed = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(seed)) return { seed };
  throw new UsageError(`--seed '${text}' is no whole number`, { remedy: 'write it like --seed 42' });
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
export function requireCount(option: string, text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(count) && count > 0) return count;
  throw new UsageError(`${option} '${text}' is no whole number from 1`, {
    remedy: `write it like ${option} 20`,
  });
}

/** @throws UsageError when it is no whole number from 0 */
export function requireWhole(option: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new UsageError(`${option} '${text}' is no whole number`, { remedy: `write it like ${option} 10` });
}

/** The text itself. @throws UsageError when it is no duration such as `90d` */
export function requireDuration(option: string, text: string): string {
  if (parseDuration(text) !== undefined) return text;
  throw new UsageError(`${option} '${text}' is no duration`, {
    why: 'a duration is a number with s, m, h, d or w behind it',
    remedy: `write it like ${option} 90d`,
  });
}
