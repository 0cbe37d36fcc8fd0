import { parseDuration, parseIso } from '../platform/clock.ts';
import { UsageError } from '../platform/errors.ts';
import { nearest } from '../platform/nearest.ts';

/** Parser of an option that may be repeated; every other one may be given once. */
export const collect = (value: string, before: readonly string[] = []) => [...before, value];

/** @throws UsageError when a name is empty or stands twice */
export function parseNames(text: string | undefined): { readonly features?: readonly string[] } {
  return text === undefined ? {} : { features: requireNames('--features', text) };
}

/** @throws UsageError when a name is empty or stands twice */
export function requireNames(option: string, text: string): readonly string[] {
  const names = text.split(',').map((name) => name.trim());
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  if (!names.includes('') && twice === undefined) return names;
  throw new UsageError(
    names.includes('') ? `${option} '${text}' has an empty name` : `${option} names '${twice}' twice`,
    { remedy: `write it like ${option} age,income,debt` },
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

/** @throws UsageError when it is no number between 0 and 1 */
export function optionalChance(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const chance = Number(text);
  if (chance > 0 && chance < 1) return chance;
  throw new UsageError(`${option} '${text}' is no chance`, {
    why: 'a chance is a number above 0 and below 1',
    remedy: `write it like ${option} 0.05`,
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

/** @throws UsageError naming the choices when it is none of them */
export function requireChoice<Choice extends string>(
  option: string,
  text: string,
  choices: readonly Choice[],
): Choice {
  const choice = choices.find((each) => each === text);
  if (choice !== undefined) return choice;
  throw new UsageError(`${option} '${text}' is not known`, {
    why: `it is one of: ${choices.join(', ')}`,
    remedy: `write it like ${option} ${nearest(text, choices)[0] ?? choices[0]}`,
  });
}

/** Seconds between two looks; `true` is the option without a value. @throws UsageError when it is no number from 0.1 to a day */
export function requireSeconds(option: string, text: string | true, otherwise: number): number {
  if (text === true) return otherwise;
  const seconds = Number(text);
  if (seconds >= 0.1 && seconds <= 86_400) return seconds;
  throw new UsageError(`${option} '${text}' is no number of seconds`, {
    remedy: `write it like ${option} 10`,
  });
}

/** Milliseconds. @throws UsageError when it is no duration such as 1h */
export function requireDuration(option: string, text: string): number {
  const milliseconds = parseDuration(text);
  if (milliseconds !== undefined && milliseconds > 0) return milliseconds;
  throw new UsageError(`${option} '${text}' is no duration`, {
    remedy: `write it like ${option} 30m, 24h or 7d`,
  });
}

/** @throws UsageError when it is no whole number from 1 */
export function requireCount(option: string, text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(count) && count > 0) return count;
  throw new UsageError(`${option} '${text}' is no number from 1`, {
    remedy: `write it like ${option} 100`,
  });
}

/** @throws UsageError when it is no port; 0 stands for one that is free */
export function requirePort(option: string, text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new UsageError(`${option} '${text}' is no port`, { remedy: 'name a number from 0 to 65535' });
}

/** @throws UsageError when it is no whole number from 1, with or without its # */
export function parseAlertNumber(text: string): number {
  const number = Number(text.replace(/^#/, ''));
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new UsageError(`'${text}' is no number of an alert`, {
    remedy: 'see the numbers: mlops alerts; then write it like mlops alerts show 3',
  });
}
