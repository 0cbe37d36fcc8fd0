import type { TextProfile } from '../../feature-profile.ts';
import { percent } from '../../in-words.ts';
import { jumped, shareJump } from '../share-jump.ts';
import { type IssueFinder, leastShare } from './issue-finder.ts';

/** What a text looks like once an encoding was undone too often, too rarely or with another one. */
const signs: readonly { readonly pattern: RegExp; readonly what: string }[] = [
  {
    pattern: /\uFFFD/,
    what: 'characters were lost: they were not in the encoding that the file was read with',
  },
  // The first byte of a UTF-8 sequence read as Latin-1 or Windows-1252, and a second that only those show as a sign.
  {
    pattern: /[ÃÂ][\u0080-\u00BF]|â[\u0080€][\u0080-\u00BF™œ\u201C-\u201D\u02DC“”‚„†‡‰‹›]/,
    what: 'UTF-8 was read as Latin-1',
  },
  { pattern: /&(?:[a-z]{2,8}|#\d{2,6}|#x[\da-f]{2,5});/i, what: 'HTML entities were not undone' },
  { pattern: /\\u[\da-f]{4}|\\x[\da-f]{2}/i, what: 'escapes were not undone' },
  { pattern: /%(?:[2-7][\da-f]|C[2-9A-F]%[89AB][\da-f])/i, what: 'URL escapes were not undone' },
  {
    pattern: /[^\P{Cc}\t\r\n]|[\u200B\uFEFF]/u,
    what: 'it holds control characters or invisible ones',
  },
];

/** Texts with the marks of a wrong encoding, in more rows than `leastShare` beyond those of the reference. */
export const encoding: IssueFinder = ({ feature, reference, current, counts }) => {
  if (reference.kind !== 'text' || current.kind !== 'text') return undefined;
  const rows = { reference: counts.reference.present, current: counts.current.present };
  for (const { pattern, what } of signs) {
    const before = matching(reference, pattern);
    const after = matching(current, pattern);
    const jump = shareJump(
      { having: before.rows, rows: rows.reference },
      { having: after.rows, rows: rows.current },
    );
    if (after.example === undefined || jump.current < jump.reference || !jumped(jump, leastShare)) continue;
    return {
      kind: 'encoding',
      feature: feature.name,
      rows: after.rows,
      example: after.example,
      confidence: before.rows === 0 ? 0.9 : 0.6,
      sentence: `${feature.name} has texts such as '${after.example}' in ${percent(jump.current)} of the rows, ${percent(jump.reference)} in the reference: ${what}`,
    };
  }
  return undefined;
};

function matching({ values, counts }: TextProfile, pattern: RegExp) {
  let rows = 0;
  let example: string | undefined;
  for (const [index, text] of values.entries()) {
    if (!pattern.test(text)) continue;
    rows += counts[index] ?? 0;
    example ??= text;
  }
  return { rows, example };
}
