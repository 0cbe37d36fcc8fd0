import type { FeatureProfile, TextProfile } from '../../feature-profile.ts';
import type { IssueFinder } from './issue-finder.ts';

/** Text where the reference has numbers, numbers where it has text, or times where it has either. */
export const typeBreak: IssueFinder = ({ feature, reference, current, counts }) => {
  const before = valueKind(reference);
  const after = valueKind(current);
  if (before === after || counts.reference.present === 0 || counts.current.present === 0) return undefined;
  const odd = current.kind === 'text' ? oddTexts(current) : undefined;
  return {
    kind: 'type_break',
    feature: feature.name,
    rows: odd?.rows ?? counts.current.present,
    example: odd?.example ?? null,
    confidence: 1,
    sentence: `${feature.name} holds ${after} where the reference has ${before}${odd === undefined ? '' : `, such as '${odd.example}'`}`,
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
