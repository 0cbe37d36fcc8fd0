import { percentage } from '../in-words.ts';
import type { ValueCounts } from '../value-counts.ts';

/** Words of a text, lower case: runs of letters and digits of any script. */
export function tokensOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Of texts that are one word each, such as ids and hashes, nothing is learned by their words. */
export function isProse(texts: readonly string[]): boolean {
  const several = texts.filter((text) => tokensOf(text).length > 1 && /\s/.test(text.trim())).length;
  return several > texts.length / 2;
}

/** How texts changed that no score tells: "median length 24 → 61; 12 % of the words are unknown to the reference". */
export function textsInWords({ values, reference, current }: ValueCounts): string {
  const texts = values.map(String);
  const known = new Set(texts.flatMap((text, index) => ((reference[index] ?? 0) > 0 ? tokensOf(text) : [])));
  let words = 0;
  let unknown = 0;
  for (const [index, text] of texts.entries()) {
    const rows = current[index] ?? 0;
    if (rows === 0) continue;
    const tokens = tokensOf(text);
    words += rows * tokens.length;
    unknown += rows * tokens.filter((token) => !known.has(token)).length;
  }
  const share = words === 0 ? 0 : unknown / words;
  const lengths = `${medianLength(texts, reference)} → ${medianLength(texts, current)}`;
  return `median length ${lengths}; ${percentage(share)} of the words are unknown to the reference`;
}

function medianLength(texts: readonly string[], rows: readonly number[]): number {
  const lengths = texts
    .map((text, index) => ({ length: text.length, rows: rows[index] ?? 0 }))
    .sort((a, b) => a.length - b.length);
  const half = rows.reduce((sum, count) => sum + count, 0) / 2;
  let below = 0;
  for (const each of lengths) {
    below += each.rows;
    if (below >= half) return each.length;
  }
  return 0;
}
