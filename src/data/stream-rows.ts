import type { DuckDBConnection, DuckDBDataChunk, DuckDBResult } from '@duckdb/node-api';
import { DataError } from '../platform/errors.ts';
import { type DoublesOf, openDoubles, quoteName, withDuckDb } from './duckdb.ts';
import { fileFormat } from './file-format.ts';
import { inspectFile } from './inspect-file.ts';
import { type ReadOptions, scan, unreadable } from './read-table.ts';

export interface RowBatch {
  readonly rows: number;
  /** Row-major, rows x features, NaN is missing. Its memory is used again for the next batch. */
  readonly values: Float64Array;
  /** The `id` column's values, undefined where the file has no such column. */
  readonly ids: readonly string[] | undefined;
}

const batchRows = 65_536;
/** DuckDB reads ahead up to this much while a batch is worked on. */
const readAhead = '32MB';

/**
 * Gives a file's numeric features in batches, so that memory does not grow with the file.
 * @throws DataError when a feature is missing from the file, a value is no finite number, or an id is missing (row and
 *   column named)
 */
export async function streamRows(
  path: string,
  features: readonly string[],
  idColumn: string,
  options: ReadOptions,
  each: (batch: RowBatch) => Promise<void>,
): Promise<void> {
  const format = fileFormat(path, options.format);
  const header = inspectFile(path, format);
  await withDuckDb(async (connection) => {
    const reading = async <T>(work: () => Promise<T>): Promise<T> => {
      try {
        return await work();
      } catch (error) {
        throw error instanceof Error && /Error: /.test(error.message) ? unreadable(path, error) : error;
      }
    };
    const source = scan(path, format, header);
    const described = await reading(() => connection.runAndReadAll(`DESCRIBE SELECT * FROM ${source}`));
    const columns = described.getRows().map(([name]) => String(name));
    requireFeatures(path, features, columns);
    const id = columns.includes(idColumn) ? idColumn : undefined;
    const result = await reading(() => streamColumns(connection, source, features, id));
    const gather = new BatchGatherer(path, features, id, await openDoubles());
    const next = () => reading(() => result.fetchChunk());
    for (let chunk = await next(); chunk !== null && chunk.rowCount > 0; chunk = await next()) {
      gather.add(chunk);
      if (gather.rows >= batchRows) await each(gather.take());
    }
    if (gather.rows > 0) await each(gather.take());
  });
}

/** Features as DOUBLE: NaN is missing, Infinity stands for what is no finite number. */
async function streamColumns(
  connection: DuckDBConnection,
  source: string,
  features: readonly string[],
  id: string | undefined,
): Promise<DuckDBResult> {
  await connection.run(`SET streaming_buffer_size = '${readAhead}'`);
  const numbers = features.map((name) => {
    const column = quoteName(name);
    const otherwise = `CASE WHEN ${column} IS NULL THEN 'NaN'::DOUBLE ELSE 'Infinity'::DOUBLE END`;
    return `coalesce(TRY_CAST(${column} AS DOUBLE), ${otherwise})`;
  });
  const selected = id === undefined ? numbers : [...numbers, `CAST(${quoteName(id)} AS VARCHAR)`];
  return connection.stream(`SELECT ${selected.join(', ')} FROM ${source}`);
}

function requireFeatures(path: string, features: readonly string[], columns: readonly string[]): void {
  const absent = features.filter((name) => !columns.includes(name));
  if (absent.length === 0) return;
  throw new DataError(`${path} lacks ${absent.join(', ')}`, {
    why: `its columns are ${columns.join(', ')}`,
    remedy: 'add the columns that the model takes',
  });
}

class BatchGatherer {
  rows = 0;
  #before = 0;
  #ids: string[] = [];
  readonly #values: Float64Array;
  readonly #path: string;
  readonly #features: readonly string[];
  readonly #id: string | undefined;
  readonly #doublesOf: DoublesOf;

  constructor(path: string, features: readonly string[], id: string | undefined, doublesOf: DoublesOf) {
    this.#path = path;
    this.#features = features;
    this.#id = id;
    this.#doublesOf = doublesOf;
    this.#values = new Float64Array((batchRows + mostRowsOfChunk) * features.length);
  }

  add(chunk: DuckDBDataChunk): void {
    const width = this.#features.length;
    for (const [position, feature] of this.#features.entries()) {
      const column = this.#doublesOf(chunk, position);
      let cell = this.rows * width + position;
      for (let row = 0; row < column.length; row++, cell += width) {
        const value = column[row] ?? Number.NaN;
        if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY)
          throw this.#refusal(row, feature, 'is no finite number');
        this.#values[cell] = value;
      }
    }
    if (this.#id !== undefined) this.#addIds(chunk, this.#id);
    this.rows += chunk.rowCount;
  }

  take(): RowBatch {
    const values = this.#values.subarray(0, this.rows * this.#features.length);
    const batch = { rows: this.rows, values, ids: this.#id === undefined ? undefined : this.#ids };
    this.#before += this.rows;
    this.#ids = [];
    this.rows = 0;
    return batch;
  }

  #addIds(chunk: DuckDBDataChunk, column: string): void {
    const ids = chunk.getColumnVector(this.#features.length);
    for (let row = 0; row < chunk.rowCount; row++) {
      const id = ids.getItem(row);
      if (typeof id !== 'string' || id === '') throw this.#refusal(row, column, 'is missing');
      this.#ids.push(id);
    }
  }

  #refusal(row: number, column: string, fault: string): DataError {
    return new DataError(
      `${this.#path}: row ${this.#before + this.rows + row + 1}, column '${column}' ${fault}`,
      {
        remedy:
          column === this.#id
            ? 'give every row its id, or leave the column out to have rows numbered'
            : 'correct the value, or leave the cell empty when it is missing',
      },
    );
  }
}

/** DuckDB's vector size. */
const mostRowsOfChunk = 2048;
