import { type FeatureProfile, presentRows, type TextProfile } from '../../feature-profile.ts';
import type { IssueFinder } from './issue-finder.ts';

/** Text where the reference has numbers, numbers where it has text, or times where it has either. */
export const typeBreak: IssueFinder = ({ feature, reference, current, counts }) => {
  const before = valueKind(reference);
  const after = valueKind(current);
  if (before === after || counts.reference.present === 0 || counts.current.present === 0) return undefined;
  const odd = current.kind === 'text' ? oddTexts(current) : undefined;
  const such = odd === undefined ? '' : `, such as '${odd.example}'`;
  return {
    kind: 'type_break',
    feature: feature.name,
    rows: odd?.rows ?? counts.current.present,
    example: odd?.example ?? null,
    confidence: 1,
    sentence: `${feature.name} holds ${after} where the reference has ${before}${such}${current.kind === 'text' ? reason(current, before) : ''}`,
  };
};

function valueKind(column: FeatureProfile): 'text' | 'times' | 'numbers' {
  if (column.kind === 'text') return 'text';
  return column.type === 'datetime' ? 'times' : 'numbers';
}

/** The texts that are no numbers; all of them when every one could be read as a number. */
function oddTexts({ values, counts }: TextProfile) {
  const isOdd = values.map((text) => text.trim() === '' || !Number.isFinite(Number(text)));
  const any = isOdd.includes(true);
  let rows = 0;
  let example: string | undefined;
  for (const [index, text] of values.entries()) {
    if (any && isOdd[index] !== true) continue;
    rows += counts[index] ?? 0;
    example ??= text;
  }
  return example === undefined ? undefined : { rows, example };
}

/** So much of the text speaks for one reason. */
const nearlyAll = 0.9;
const decimalComma = /^[+-]?\d{1,3}(?:[. ]?\d{3})*,\d+$|^[+-]?\d+,\d+$/;
/** `1,000` is taken for this one, as it cannot be told from a decimal comma. */
const thousands = /^[+-]?\d{1,3}(?:[,' ]\d{3})+(?:\.\d+)?$/;

function reason(texts: TextProfile, expected: 'text' | 'times' | 'numbers'): string {
  if (expected === 'times') {
    const shapes = new Set(texts.values.map(shapeOf));
    return shapes.size > 1
      ? `; they are written in ${shapes.size} formats, times are read as 2026-08-03T10:00:00Z`
      : '; times are read as 2026-08-03T10:00:00Z';
  }
  if (shareMatching(texts, thousands) >= nearlyAll)
    return '; the numbers are written with thousands separators';
  if (shareMatching(texts, decimalComma) >= nearlyAll)
    return '; the numbers are written with a decimal comma';
  return '';
}

function shareMatching(texts: TextProfile, pattern: RegExp): number {
  const rows = texts.values.reduce(
    (sum, text, index) => sum + (pattern.test(text.trim()) ? (texts.counts[index] ?? 0) : 0),
    0,
  );
  return rows / presentRows(texts);
}

/** Digits and letters alike, however many: `2026-08-03` and `1999-12-31` have one shape. */
function shapeOf(text: string): string {
  return text.replace(/\p{L}+/gu, 'a').replace(/\d+/g, '0');
}
