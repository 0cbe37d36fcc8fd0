import { parseIso } from '../platform/clock.ts';
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
export function parseAlertNumber(text: string): number {
  const number = Number(text.replace(/^#/, ''));
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new UsageError(`'${text}' is no number of an alert`, {
    remedy: 'see the numbers: mlops alerts; then write it like mlops alerts show 3',
  });
}
