import { percent } from '../../in-words.ts';
import { valueCounts } from '../../value-counts.ts';
import { type IssueFinder, leastShare } from './issue-finder.ts';

/** Most of the rows have values that nobody knows: the categories were given new names. */
const recoded = 0.5;

/**
 * Categories that neither the schema's enum nor, without one, the reference has, in more than `leastShare` of the rows.
 *
 * Sure when the schema forbids them, when they are known ones in other capitals or with blanks, or when most rows have them; a
 * new category alone may as well be a new product, and is left to people.
 */
export const unseenCategory: IssueFinder = ({ feature, field, reference, current, counts }) => {
  if (feature.type !== 'categorical' || counts.current.present === 0 || counts.reference.present === 0)
    return undefined;
  const declared = field?.constraints?.enum?.map((value) =>
    String(typeof value === 'boolean' ? Number(value) : value),
  );
  const all = valueCounts(reference, current);
  const known = new Set(
    declared ?? all.values.filter((_, index) => (all.reference[index] ?? 0) > 0).map(String),
  );
  const unseen = all.values
    .map((value, index) => ({ value: String(value), rows: all.current[index] ?? 0 }))
    .filter(({ value, rows }) => rows > 0 && !known.has(value))
    .sort((a, b) => b.rows - a.rows);
  const rows = unseen.reduce((sum, each) => sum + each.rows, 0);
  const share = rows / counts.current.present;
  const [commonest] = unseen;
  if (commonest === undefined || share <= leastShare) return undefined;
  const respelt = new Set([...known].map(plain));
  const sure =
    declared !== undefined || share > recoded || unseen.every(({ value }) => respelt.has(plain(value)));
  return {
    kind: 'unseen_category',
    feature: feature.name,
    rows,
    example: commonest.value,
    confidence: sure ? 0.9 : 0.6,
    sentence: `${feature.name} has ${unseen.length === 1 ? 'a value' : `${unseen.length} values`} that ${declared === undefined ? 'the reference never had' : 'the schema does not list'} in ${percent(share)} of the rows, such as '${commonest.value}'`,
  };
};

function plain(category: string): string {
  return category.trim().toLowerCase();
}
