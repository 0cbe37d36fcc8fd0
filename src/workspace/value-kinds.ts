import { z } from 'zod';
import { parseDuration } from '../platform/clock.ts';

/** Kinds of values that several parts of mlops.yaml take. */
export const name = z.string().min(1);
export const duration = z
  .string()
  .regex(/^\d+(?:\.\d+)?(?:s|m|h|d|w)$/, { error: 'expected a duration such as 30s, 15m, 24h, 7d or 2w' })
  .refine((text) => (parseDuration(text) ?? 1) > 0, { error: 'expected a duration above 0' })
  .refine((text) => parseDuration(text) !== undefined, { error: 'expected at most a hundred years' });
export const wallTime = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, { error: 'expected a time of day such as "22:00", in quotes' });
export const variable = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, { error: 'expected the name of an environment variable' });
export const zone = z
  .string()
  .refine(isTimeZone, { error: 'expected a time zone such as Europe/Vienna, or UTC' });

function isTimeZone(text: string): boolean {
  // Asking costs milliseconds at every start.
  if (text === 'UTC') return true;
  try {
    return Intl.DateTimeFormat(undefined, { timeZone: text }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
