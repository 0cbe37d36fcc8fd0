import { parse } from 'csv-parse/sync';
import { defaultMissingValues } from '../../../data/index.ts';
import { Problem } from '../../http/problem.ts';
import type { FeatureRule } from '../../predicting/feature-rule.ts';

/** The rows of a CSV with a header; cells become what their features are, where they spell it. @throws Problem 400 when it is none */
export function rowsOfCsv(text: string, rules: readonly FeatureRule[]): readonly unknown[] {
  const types = new Map(rules.map(({ name, type }) => [name, type]));
  try {
    const records: readonly Readonly<Record<string, string>>[] = parse(text, { columns: true, bom: true });
    return records.map((record) =>
      Object.fromEntries(
        Object.entries(record).map(([name, cell]) => [name, spelled(cell, types.get(name))]),
      ),
    );
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Problem(400, { detail: `the body is no CSV with a header: ${why}` });
  }
}

function spelled(cell: string, type: FeatureRule['type'] | undefined): unknown {
  if (defaultMissingValues.includes(cell)) return null;
  if (type === 'boolean')
    return { true: true, false: false, '1': true, '0': false }[cell.toLowerCase()] ?? cell;
  const number = Number(cell);
  return (type === 'number' || type === 'integer') && Number.isFinite(number) ? number : cell;
}
