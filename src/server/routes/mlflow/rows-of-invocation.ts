import { Problem } from '../../http/problem.ts';
import { isObject } from '../../http/read-body.ts';
import type { FeatureRule } from '../../predicting/feature-rule.ts';

const forms = ['dataframe_split', 'dataframe_records', 'instances', 'inputs'] as const;

export interface InvocationRows {
  readonly rows: readonly unknown[];
  /** JSON pointer of a row in the body. */
  readonly pointer: (place: number) => string;
}

/**
 * The rows of a body of MLflow's scoring server: exactly one of `dataframe_split` {columns, data}, `dataframe_records` [{…}],
 * `instances` [{…} or […]] and `inputs` ({column: […]}, or as instances).
 * @throws Problem 400 when it is none of them
 */
export function rowsOfInvocation(body: unknown, rules: readonly FeatureRule[]): InvocationRows {
  const given = isObject(body) ? forms.filter((form) => form in body) : [];
  const [form] = given;
  if (!isObject(body) || form === undefined || given.length > 1)
    throw new Problem(400, { detail: `expected an object with exactly one of ${forms.join(', ')}` });
  const value = body[form];
  if (form === 'dataframe_split') return splitRows(value);
  if (form === 'inputs' && isObject(value)) return columnRows(value);
  if (!Array.isArray(value)) throw new Problem(400, { detail: `${form} is a list of rows` });
  const names = rules.map(({ name }) => name);
  const rows = value.map((row: unknown) => (Array.isArray(row) ? byName(names, row, form) : row));
  return { rows, pointer: (place) => `/${form}/${place}` };
}

function splitRows(value: unknown): InvocationRows {
  const { columns, data } = isObject(value) ? value : {};
  if (!Array.isArray(columns) || !Array.isArray(data))
    throw new Problem(400, { detail: 'dataframe_split has columns and data, both lists' });
  const names = columns.map(String);
  const rows = data.map((row: unknown) => byName(names, row, 'dataframe_split'));
  return { rows, pointer: (place) => `/dataframe_split/data/${place}` };
}

function columnRows(value: Readonly<Record<string, unknown>>): InvocationRows {
  const columns = Object.entries(value).map(([name, cells]) => {
    if (Array.isArray(cells)) return { name, cells: cells.flat() };
    throw new Problem(400, { detail: `inputs: '${name}' is a list` });
  });
  const length = columns[0]?.cells.length ?? 0;
  if (columns.some(({ cells }) => cells.length !== length))
    throw new Problem(400, { detail: 'inputs: the lists are of different lengths' });
  const rows = Array.from({ length }, (_, row) =>
    Object.fromEntries(columns.map(({ name, cells }) => [name, cells[row]])),
  );
  return { rows, pointer: (place) => `/inputs/${place}` };
}

function byName(names: readonly string[], row: unknown, form: string): Readonly<Record<string, unknown>> {
  if (!Array.isArray(row) || row.length !== names.length)
    throw new Problem(400, {
      detail: `${form}: a row is a list of ${names.length} values: ${names.join(', ')}`,
    });
  return Object.fromEntries(names.map((name, place) => [name, row[place]]));
}
