import { parseRecords } from '../../data/read-records.ts';
import type { LiveModel } from '../champion/live-model.ts';
import type { FeatureRule } from './feature-rule.ts';

const spelledNumber = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const booleans: Readonly<Record<string, boolean>> = { true: true, false: false, True: true, False: false };

/**
 * The rows of a CSV body with a header, as objects by column, numbers and booleans read as such.
 * @throws DataError when it is no CSV in UTF-8
 */
export function csvRows(body: Buffer, { rules, missing }: LiveModel): readonly object[] {
  const types = new Map(rules.map(({ name, type }) => [name, type]));
  return parseRecords('the body', body).map(({ cells }) =>
    Object.fromEntries(
      Object.entries(cells).map(([name, text]) => [
        name,
        missing.has(text) && types.has(name) ? null : cellOf(text, types.get(name)),
      ]),
    ),
  );
}

/** A text that is none of the type stays one, for the reader of rows to name. */
function cellOf(text: string, type: FeatureRule['type'] | undefined): unknown {
  if (type === 'boolean') return booleans[text] ?? (spelledNumber.test(text) ? Number(text) : text);
  if (type === 'number' || type === 'integer') return spelledNumber.test(text) ? Number(text) : text;
  return text;
}
