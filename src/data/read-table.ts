import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import { DataError } from '../platform/errors.ts';
import { quoteName, quoteText, withDuckDb } from './duckdb.ts';
import { type FileFormat, fileFormat } from './file-format.ts';
import { inspectFile } from './inspect-file.ts';
import { defaultMissingValues } from './schema.ts';
import type { Column, ColumnType, Table } from './table.ts';

export interface ReadOptions {
  readonly format?: string | undefined;
}

/**
 * Reads a whole CSV, Parquet or JSON Lines file; types are inferred from all values.
 * @throws NoInputError for a missing file; DataError for an empty, binary, ragged or non-UTF-8 one, for a header that is
 *   missing or doubled, and for a column of numbers with values that are none (row and value named).
 */
export async function readTable(path: string, options: ReadOptions = {}): Promise<Table> {
  const format = fileFormat(path, options.format);
  const header = inspectFile(path, format);
  return withDuckDb(async (connection) => {
    try {
      await connection.run(`CREATE TEMP TABLE source AS SELECT * FROM ${scan(path, format, header)}`);
    } catch (error) {
      throw unreadable(path, error);
    }
    const types = await columnTypes(connection, path, format);
    return fetchTable(connection, types);
  });
}

/** The DuckDB table function that reads the file; CSV cells stay text. */
export function scan(path: string, format: FileFormat, header: readonly string[]): string {
  const file = quoteText(path);
  if (format === 'parquet') return `read_parquet(${file})`;
  if (format === 'jsonl') return `read_json(${file}, format = 'newline_delimited', sample_size = -1)`;
  const missing = defaultMissingValues.map(quoteText).join(', ');
  const columns = header.map((name) => `${quoteText(name)}: 'VARCHAR'`).join(', ');
  const dialect = `auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', strict_mode = true`;
  return `read_csv(${file}, ${dialect}, columns = {${columns}}, null_padding = false, nullstr = [${missing}])`;
}

/** What DuckDB says of a file, put for the reader. */
export function unreadable(path: string, error: unknown): DataError {
  const text = error instanceof Error ? error.message : String(error);
  const line = /Line:?\s*(\d+)/i.exec(text)?.[1];
  const where = line === undefined ? path : `${path}, line ${line}`;
  if (/invalid unicode|not utf-8 encoded/i.test(text)) {
    return new DataError(`${where}: not UTF-8`, {
      remedy: 'convert it, for example with iconv -f latin1 -t utf-8',
    });
  }
  const columns = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(text);
  if (columns !== null) {
    return new DataError(`${where}: ${columns[2]} cells where the header has ${columns[1]}`, {
      remedy: 'correct that row',
    });
  }
  return new DataError(`${where} cannot be read`, {
    why: text.split('\n').find((each) => each.trim() !== '') ?? text,
    remedy: 'correct the file, or name its format with --format',
  });
}

interface TypedColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly expression: string;
}

async function columnTypes(
  connection: DuckDBConnection,
  path: string,
  format: FileFormat,
): Promise<readonly TypedColumn[]> {
  const described = await connection.runAndReadAll('DESCRIBE source');
  const columns = described.getRows().map(([name, type]) => ({ name: String(name), stored: String(type) }));
  if (format !== 'csv') return columns.map(({ name, stored }) => storedType(name, stored));
  const counts = await connection.runAndReadAll(
    `SELECT ${columns.map(({ name }) => textCounts(quoteName(name))).join(', ')} FROM source`,
  );
  const figures = (counts.getRows()[0] ?? []).map(Number);
  const typed: TypedColumn[] = [];
  for (const [index, { name }] of columns.entries()) {
    typed.push(await inferType(connection, path, name, figures.slice(index * 5, index * 5 + 5)));
  }
  return typed;
}

const zoned = "'(Z|[+-]\\d{2}:?\\d{2})$'";

function textCounts(column: string): string {
  return [
    `count(${column})`,
    `count(*) FILTER (isfinite(TRY_CAST(${column} AS DOUBLE)))`,
    `count(*) FILTER (regexp_full_match(${column}, '[+-]?\\d{1,15}'))`,
    `count(*) FILTER (regexp_matches(${column}, ${zoned}) AND TRY_CAST(${column} AS TIMESTAMPTZ) IS NOT NULL)`,
    `count(*) FILTER (lower(${column}) IN ('true', 'false'))`,
  ].join(', ');
}

async function inferType(
  connection: DuckDBConnection,
  path: string,
  name: string,
  [present = 0, numbers = 0, integers = 0, times = 0, booleans = 0]: readonly number[],
): Promise<TypedColumn> {
  const column = quoteName(name);
  const number = `CAST(${column} AS DOUBLE)`;
  if (present === 0) return { name, type: 'number', expression: 'NULL::DOUBLE' };
  if (integers === present) return { name, type: 'integer', expression: number };
  if (numbers === present) return { name, type: 'number', expression: number };
  if (times === present)
    return { name, type: 'datetime', expression: `CAST(epoch_ms(CAST(${column} AS TIMESTAMPTZ)) AS DOUBLE)` };
  if (booleans === present)
    return { name, type: 'boolean', expression: `CAST(CAST(${column} AS BOOLEAN) AS DOUBLE)` };
  if (numbers > present / 2) throw await notANumber(connection, path, name);
  return { name, type: 'string', expression: column };
}

async function notANumber(connection: DuckDBConnection, path: string, name: string): Promise<DataError> {
  const column = quoteName(name);
  const found = await connection.runAndReadAll(
    `SELECT rowid + 1, ${column} FROM source WHERE ${column} IS NOT NULL AND isfinite(TRY_CAST(${column} AS DOUBLE)) IS NOT TRUE ORDER BY rowid LIMIT 1`,
  );
  const [row, value] = found.getRows()[0] ?? [];
  return new DataError(`${path}: row ${row}, column '${name}': '${value}' is no number`, {
    why: 'most values of this column are numbers, finite and without thousands separators',
    remedy: 'correct the value, or leave the cell empty when it is missing',
  });
}

function storedType(name: string, stored: string): TypedColumn {
  const column = quoteName(name);
  if (/^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER)/.test(stored)) {
    return { name, type: 'integer', expression: `CAST(${column} AS DOUBLE)` };
  }
  if (/^(DOUBLE|FLOAT|DECIMAL)/.test(stored))
    return { name, type: 'number', expression: `CAST(${column} AS DOUBLE)` };
  if (/^(TIMESTAMP|DATE)/.test(stored)) {
    return { name, type: 'datetime', expression: `CAST(epoch_ms(CAST(${column} AS TIMESTAMP)) AS DOUBLE)` };
  }
  if (stored === 'BOOLEAN') return { name, type: 'boolean', expression: `CAST(${column} AS DOUBLE)` };
  return { name, type: 'string', expression: `CAST(${column} AS VARCHAR)` };
}

async function fetchTable(connection: DuckDBConnection, types: readonly TypedColumn[]): Promise<Table> {
  const selected = types.map(({ name, expression }) => `${expression} AS ${quoteName(name)}`).join(', ');
  const result = await connection.stream(`SELECT ${selected} FROM source ORDER BY rowid`);
  const values: DuckDBValue[][] = types.map(() => []);
  let rows = 0;
  for (
    let chunk = await result.fetchChunk();
    chunk !== null && chunk.rowCount > 0;
    chunk = await result.fetchChunk()
  ) {
    rows += chunk.rowCount;
    for (const [index, column] of values.entries())
      for (const value of chunk.getColumnValues(index)) column.push(value);
  }
  return { rows, columns: types.map((each, index) => toColumn(each, values[index] ?? [])) };
}

function toColumn({ name, type }: TypedColumn, values: readonly DuckDBValue[]): Column {
  if (type !== 'string') {
    return {
      kind: 'numeric',
      name,
      type,
      values: Float64Array.from(values, (value) => (value === null ? Number.NaN : Number(value))),
    };
  }
  const dictionary: string[] = [];
  const known = new Map<string, number>();
  const codes = Int32Array.from(values, (value) => {
    if (value === null) return -1;
    const text = String(value);
    const code = known.get(text) ?? dictionary.push(text) - 1;
    known.set(text, code);
    return code;
  });
  return { kind: 'text', name, type, codes, dictionary };
}
