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
