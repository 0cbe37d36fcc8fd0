import type { DuckDBConnection } from '@duckdb/node-api';
import { DataError, InputOutputError, type MlopsError } from '../platform/errors.ts';
import { quoteName, quotePath, quoteText } from './duckdb.ts';
import type { FileFormat } from './file-format.ts';
import type { InputFile } from './input-file.ts';
import { inspectFile } from './inspect-file.ts';
import { recordLines } from './record-lines.ts';
import { defaultMissingValues } from './schema.ts';
import { notUtf8 } from './utf8.ts';

/**
 * How a file holds the values of a column: `cell` is a CSV cell, text that may spell anything; `mixed` is JSON whose type
 * differs from row to row, or nests; the others are what Parquet and JSON say themselves.
 */
export type Storage = 'cell' | 'text' | 'mixed' | 'integer' | 'number' | 'boolean' | 'time';

export interface SourceColumn {
  readonly name: string;
  readonly storage: Storage;
}

/** A file opened for DuckDB; each statement on it is a scan, nothing is kept. */
export interface Source {
  /** What messages call it. */
  readonly name: string;
  readonly path: string;
  readonly format: FileFormat;
  /** Stands after FROM; rows come in file order. */
  readonly from: string;
  readonly columns: readonly SourceColumn[];
}

/**
 * @param missingValues CSV cells that are read as missing
 * @throws NoInputError for a missing file; DataError for an empty, binary, truncated or malformed one
 */
export async function openSource(
  connection: DuckDBConnection,
  file: InputFile,
  missingValues: readonly string[] = defaultMissingValues,
): Promise<Source> {
  const { path, name, format } = file;
  const header = inspectFile(path, format, name);
  if (format === 'csv') {
    const columns = header.map((each) => ({ name: each, storage: 'cell' as const }));
    return { name, path, format, from: scanCsv(path, header, missingValues), columns };
  }
  if (format === 'parquet') {
    const from = `read_parquet(${quotePath(path)}, hive_partitioning = false)`;
    const columns = (await describe(connection, file, from)).map((each) => ({
      name: each.name,
      storage: storageOf(each.type),
    }));
    return { name, path, format, from, columns };
  }
  const lines = `${quotePath(path)}, format = 'newline_delimited', records = true, hive_partitioning = false`;
  const detect = 'sample_size = -1, map_inference_threshold = -1, field_appearance_threshold = 0';
  const columns = (await describe(connection, file, `read_json(${lines}, ${detect})`)).map((each) =>
    jsonColumn(each.name, each.type),
  );
  const types = columns.map((each) => `${quoteName(each.name)}: '${each.declared}'`).join(', ');
  return { name, path, format, from: `read_json(${lines}, columns = {${types}})`, columns };
}

function scanCsv(path: string, header: readonly string[], missingValues: readonly string[]): string {
  const columns = header.map((each) => `${quoteName(each)}: 'VARCHAR'`).join(', ');
  const dialect = `auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', strict_mode = true`;
  const missing =
    missingValues.length === 0 ? '' : `, nullstr = [${missingValues.map(quoteText).join(', ')}]`;
  return `read_csv(${quotePath(path)}, ${dialect}, columns = {${columns}}, null_padding = false, hive_partitioning = false${missing})`;
}

async function describe(
  connection: DuckDBConnection,
  file: InputFile,
  from: string,
): Promise<readonly { readonly name: string; readonly type: string }[]> {
  return reading(file, async () => {
    const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${from}`);
    return described.getRows().map(([column, type]) => ({ name: String(column), type: String(type) }));
  });
}

function storageOf(type: string): Storage {
  if (/^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER)$/.test(type)) return 'integer';
  if (/^(DOUBLE|FLOAT|DECIMAL)/.test(type) && !type.endsWith(']')) return 'number';
  if (/^(TIMESTAMP|DATE)/.test(type) && !type.endsWith(']')) return 'time';
  return type === 'BOOLEAN' ? 'boolean' : 'text';
}

/** JSON knows no times: DuckDB's reading of one would drop its zone, so they stay text. */
function jsonColumn(name: string, type: string): SourceColumn & { readonly declared: string } {
  const storage = storageOf(type);
  if (storage === 'integer' || storage === 'number' || storage === 'boolean')
    return { name, storage, declared: type };
  const text = storage === 'time' || /^(VARCHAR|TIME|UUID)$/.test(type);
  return text ? { name, storage: 'text', declared: 'VARCHAR' } : { name, storage: 'mixed', declared: 'JSON' };
}

/** Runs `work` on the file, and puts what DuckDB says of it for the reader. */
export async function reading<T>(file: Pick<InputFile, 'name' | 'path'>, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof Error && /^[A-Z][A-Za-z ]* Error: /.test(error.message)
      ? unreadable(file, error.message)
      : error;
  }
}

function unreadable({ name, path }: Pick<InputFile, 'name' | 'path'>, text: string): MlopsError {
  const line = /\bline:?\s*(\d+)/i.exec(text)?.[1];
  const where = line === undefined || line === '1' ? name : `${name}, line ${line}`;
  if (/invalid unicode|not utf-8 encoded|invalid utf-8/i.test(text)) {
    return notUtf8(where);
  }
  const columns = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(text);
  if (columns !== null) {
    return new DataError(`${where}: ${columns[2]} cells where the header has ${columns[1]}`, {
      remedy: 'correct that row',
    });
  }
  if (text.includes('Value with unterminated quote')) {
    return new DataError(`${where}: a quote is not closed`, {
      why: 'a cell that begins with " ends with " before the next comma; a quote within it is written ""',
      remedy: 'correct that row',
    });
  }
  if (text.includes('CSV Parser state machine')) {
    return new DataError(`${where} is not CSV`, {
      why: 'its quotes and line ends make no rows',
      remedy: 'check that it is the right file, or name its format with --format',
    });
  }
  if (text.includes('expected records, but got non-record JSON')) {
    return new DataError(`${name}: a line is not a JSON object`, {
      remedy: 'write one object a line, like {"age": 41, "income": 5200}',
    });
  }
  // What DuckDB calls a line is the number of the record, counted from 2.
  const json = /Malformed JSON in file .*, at byte \d+ in line (\d+): ([^\n]*?)\.?\s*(\n|$)/.exec(text);
  if (json !== null) {
    const [at] = recordLines(path, { format: 'jsonl', columns: 0 }, [Number(json[1]) - 1]);
    return new DataError(at === undefined ? `${name}: not JSON` : `${name}, line ${at}: not JSON`, {
      why: json[2] ?? '',
      remedy: 'correct that line; each line is one JSON object',
    });
  }
  if (/Out of Memory Error|No space left|max_temp_directory_size/i.test(text)) {
    return new InputOutputError(`${name} needs more memory or temporary space than there is`, {
      why: firstLine(text),
      remedy: 'free disk space, or point TMPDIR at a larger disk',
    });
  }
  return new DataError(`${where} cannot be read`, {
    why: firstLine(text).replace(/^[A-Z][A-Za-z ]* Error: /, ''),
    remedy: 'correct the file, or name its format with --format',
  });
}

function firstLine(text: string): string {
  return text.split('\n').find((each) => each.trim() !== '') ?? text;
}
