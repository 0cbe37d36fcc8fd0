import type { LoggedFeatures } from '../../store/index.ts';
import type { ServeConfiguration } from '../../workspace/index.ts';
import type { FieldFault } from '../http/problem.ts';
import type { FeatureRule } from './feature-rule.ts';
import { brokenLimit, CellFault, clamped, readCell } from './read-cell.ts';

/** A value outside of its feature's limits that was predicted nevertheless. */
export interface Flag {
  readonly feature: string;
  readonly detail: string;
}

/** Cells of one row, in the order of `LoggedFeatures`; NaN and null are missing. */
export interface ReadRow {
  readonly numbers: Float64Array;
  readonly texts: readonly (string | null)[];
  readonly flags: readonly Flag[];
}

export interface RowReader {
  readonly features: LoggedFeatures;
  /**
   * Reads an object of features by name.
   * @param pointer of the object in the body
   * @param faults gains one for each feature that is missing, unknown or wrong
   */
  read(row: Readonly<Record<string, unknown>>, pointer: string, faults: FieldFault[]): ReadRow;
}

const noTexts: readonly string[] = [];
const noFlags: readonly Flag[] = [];

export function rowReader(
  rules: readonly FeatureRule[],
  outOfRange: ServeConfiguration['out_of_range'],
): RowReader {
  const numeric = rules.filter(({ type }) => type !== 'string');
  const text = rules.filter(({ type }) => type === 'string');
  const known = new Set(rules.map(({ name }) => name));

  function read(row: Readonly<Record<string, unknown>>, pointer: string, faults: FieldFault[]): ReadRow {
    let flags: Flag[] | undefined;
    let found = 0;
    const cell = (rule: FeatureRule): number | string | null => {
      const value = Object.hasOwn(row, rule.name) ? row[rule.name] : undefined;
      const at = () => `${pointer}/${escaped(rule.name)}`;
      if (value === undefined) {
        faults.push({
          pointer: at(),
          detail: `the feature '${rule.name}' is missing (null says that its value is)`,
        });
        return null;
      }
      found++;
      const read = readCell(rule, value);
      if (read instanceof CellFault) {
        faults.push({ pointer: at(), detail: read.detail });
        return null;
      }
      if (read === null) return null;
      const broken = brokenLimit(rule, read);
      if (broken === undefined) return read;
      if (outOfRange === 'reject') {
        faults.push({ pointer: at(), detail: broken });
        return null;
      }
      flags ??= [];
      const kept = outOfRange === 'clamp' ? clamped(rule, read) : read;
      flags.push({ feature: rule.name, detail: kept === read ? broken : `${broken}, taken as ${kept}` });
      return kept;
    };
    const numbers = new Float64Array(numeric.length);
    for (const [place, rule] of numeric.entries()) {
      const value = cell(rule);
      numbers[place] = typeof value === 'number' ? value : Number.NaN;
    }
    const texts = text.length === 0 ? noTexts : text.map((rule) => textOf(cell(rule)));
    const names = Object.keys(row);
    if (names.length > found)
      for (const name of names)
        if (!known.has(name))
          faults.push({
            pointer: `${pointer}/${escaped(name)}`,
            detail: `there is no feature '${name.slice(0, 60)}'`,
          });
    return { numbers, texts, flags: flags ?? noFlags };
  }
  return {
    features: { numeric: numeric.map(({ name }) => name), text: text.map(({ name }) => name) },
    read,
  };
}

function textOf(cell: number | string | null): string | null {
  return typeof cell === 'string' ? cell : null;
}

/** A name as a step of a JSON pointer (RFC 6901). */
function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
