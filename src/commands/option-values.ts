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
