import type { Column, NumericColumn, Table } from '../../data/index.ts';
import { readTable, requireColumn, requireNumeric } from '../../data/index.ts';
import { artifactPath, keepTable, readArtifact } from '../../registry/index.ts';
import type { Workspace } from '../../workspace/index.ts';

/** Rows that a decision is made on: features, true outcomes, and what either model says of them. */
export interface JudgedRows {
  readonly features: Table;
  /** 0 or 1, one a row. */
  readonly labels: Float64Array;
  /** Probability of outcome 1, one a row; null without a champion. */
  readonly champion: Float64Array | null;
  readonly challenger: Float64Array;
  /** How many predictions each row stands for; null where labels do not come by selection. */
  readonly weights: Float64Array | null;
  /** Ids of the predictions; null where the rows are none of the store's. */
  readonly ids: readonly string[] | null;
}

/** Columns that are no features have this before their names, which no name in the store has. */
const own = 'mlops:';

/** Keeps the rows as one Parquet file among the artifacts. @returns its hash */
export async function keepJudgedRows({ paths }: Workspace, rows: JudgedRows): Promise<string> {
  const { features, labels, champion, challenger, weights, ids } = rows;
  const columns: readonly Column[] = [
    ...(ids === null ? [] : [texts(`${own}prediction_id`, ids)]),
    numbers(`${own}label`, labels),
    ...(champion === null ? [] : [numbers(`${own}champion`, champion)]),
    numbers(`${own}challenger`, challenger),
    ...(weights === null ? [] : [numbers(`${own}weight`, weights)]),
    ...features.columns,
  ];
  return keepTable(paths.artifacts, { rows: features.rows, columns });
}

/** @throws NoInputError when the file is gone, DataError when it is not what was kept */
export async function readJudgedRows({ paths }: Workspace, hash: string): Promise<JudgedRows> {
  readArtifact(paths.artifacts, hash, 'parquet');
  const table = await readTable(artifactPath(paths.artifacts, hash, 'parquet'));
  const has = (name: string) => table.columns.some((column) => column.name === `${own}${name}`);
  const ids = has('prediction_id') ? requireColumn(table, `${own}prediction_id`) : null;
  return {
    features: { rows: table.rows, columns: table.columns.filter(({ name }) => !name.startsWith(own)) },
    labels: requireNumeric(table, `${own}label`).values,
    champion: has('champion') ? requireNumeric(table, `${own}champion`).values : null,
    challenger: requireNumeric(table, `${own}challenger`).values,
    weights: has('weight') ? requireNumeric(table, `${own}weight`).values : null,
    ids: ids === null ? null : textsOf(ids),
  };
}

function numbers(name: string, values: Float64Array): NumericColumn {
  return { kind: 'numeric', name, type: 'number', values };
}

function texts(name: string, values: readonly string[]): Column {
  return { kind: 'text', name, type: 'string', codes: Int32Array.from(values.keys()), dictionary: values };
}

function textsOf(column: Column): readonly string[] {
  if (column.kind === 'numeric') return Array.from(column.values, String);
  return Array.from(column.codes, (code) => column.dictionary[code] ?? '');
}
