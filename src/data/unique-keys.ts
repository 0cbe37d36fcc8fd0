import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteText } from './duckdb.ts';
import type { BrokenRule } from './results/validate.ts';
import type { TableSchema } from './schema.ts';
import type { Source } from './source.ts';
import { textOf } from './stored-values.ts';
import { type HeldField, typedValue } from './validation-rules.ts';

/** A broken rule, and the first rows that break it with their values. */
export type LocatedRule = Pick<BrokenRule, 'column' | 'rule' | 'expected' | 'count'> & {
  readonly found: readonly { readonly row: number; readonly value: string | null }[];
};

/** Columns whose values together must not occur twice. */
export interface UniqueKey {
  readonly rule: 'unique' | 'primary_key';
  readonly columns: readonly string[];
  /** DuckDB expression: the key, NULL where a part is missing or of the wrong type. */
  readonly value: string;
  /** DuckDB expression: the key as the file has it. */
  readonly text: string;
}

export function primaryKey(schema: TableSchema): readonly string[] {
  return [schema.primaryKey ?? []].flat();
}

/** The keys whose columns the file has: the primary key, and each column that must be unique by itself. */
export function uniqueKeys(schema: TableSchema, held: readonly HeldField[]): readonly UniqueKey[] {
  const key = primaryKey(schema);
  const alone = held
    .filter(({ field }) => field.constraints?.unique === true && !(key.length === 1 && key[0] === field.name))
    .map(({ field }) => ({ rule: 'unique' as const, columns: [field.name] }));
  const all = key.length === 0 ? alone : [{ rule: 'primary_key' as const, columns: key }, ...alone];
  return all.flatMap(({ rule, columns }) => {
    const parts = columns.flatMap((name) => held.filter(({ field }) => field.name === name));
    if (parts.length < columns.length) return [];
    const values = parts.map(({ field, column }) => typedValue(field, column));
    const value =
      values.length === 1
        ? values.join()
        : values.map((each) => `CAST(${each} AS VARCHAR)`).join(` || ', ' || `);
    const text = parts.map(({ column }) => textOf(column)).join(` || ', ' || `);
    return [{ rule, columns, value, text }];
  });
}

/**
 * How many rows repeat a key that an earlier row has, and some of them: those of the keys that occur first in the file.
 * DuckDB groups on the disk what does not fit into memory. Undefined when every key is there once.
 */
export async function repeatedKeys(
  connection: DuckDBConnection,
  source: Source,
  { rule, columns, value, text }: UniqueKey,
  mostRows: number,
): Promise<LocatedRule | undefined> {
  const counted = await connection.runAndReadAll(
    `SELECT sum(times - 1) FROM (SELECT count(*) AS times FROM (SELECT ${value} AS key FROM ${source.from}) WHERE key IS NOT NULL GROUP BY key HAVING times > 1)`,
  );
  const count = Number(counted.getRows()[0]?.[0] ?? 0);
  if (count === 0) return undefined;
  const numbered = `(SELECT row_number() OVER () AS row, CAST(${value} AS VARCHAR) AS key, ${text} AS text FROM ${source.from})`;
  const keys = await connection.runAndReadAll(
    `SELECT key FROM (SELECT key, count(*) AS times, min(row) AS first FROM ${numbered} WHERE key IS NOT NULL GROUP BY key) WHERE times > 1 ORDER BY first LIMIT ${mostRows}`,
  );
  const listed = keys.getRows().map(([key]) => quoteText(String(key)));
  const rows = await connection.runAndReadAll(
    `SELECT row, text FROM (SELECT row, text, row_number() OVER (PARTITION BY key ORDER BY row) AS time FROM ${numbered} WHERE key IN (${listed.join(', ')})) WHERE time > 1 ORDER BY row LIMIT ${mostRows}`,
  );
  return {
    column: columns.join(', '),
    rule,
    expected: rule === 'unique' ? 'each value once' : 'each key once',
    count,
    found: rows.getRows().map(([row, repeated]) => ({ row: Number(row), value: String(repeated) })),
  };
}
