import type { DuckDBValue } from '@duckdb/node-api';
import { DataError } from '../platform/errors.ts';
import { quoteName, withDuckDb } from './duckdb.ts';
import { fileFormat } from './file-format.ts';
import { inspectFile } from './inspect-file.ts';
import { type ReadOptions, scan, unreadable } from './read-table.ts';

export interface RowBatch {
  readonly rows: number;
  /** Row-major, rows x features, NaN is missing. */
  readonly values: Float64Array;
  /** The `id` column's values, undefined where the file has no such column. */
  readonly ids: readonly string[] | undefined;
}

const batchRows = 16_384;

/**
 * Gives a file's numeric features in batches, so that memory does not grow with the file.
 * @throws DataError when a feature is missing from the file, or a value is no finite number
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
    try {
      const source = scan(path, format, header);
      const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${source}`);
      const columns = described.getRows().map(([name]) => String(name));
      requireFeatures(path, features, columns);
      const ids = columns.includes(idColumn);
      const selected = features.map((name) => `CAST(${quoteName(name)} AS DOUBLE)`);
      if (ids) selected.push(`CAST(${quoteName(idColumn)} AS VARCHAR)`);
      const result = await connection.stream(`SELECT ${selected.join(', ')} FROM ${source}`);
      const gather = new BatchGatherer(path, features, ids);
      for (
        let chunk = await result.fetchChunk();
        chunk !== null && chunk.rowCount > 0;
        chunk = await result.fetchChunk()
      ) {
        gather.add(chunk.getColumns(), chunk.rowCount);
        if (gather.rows >= batchRows) await each(gather.take());
      }
      if (gather.rows > 0) await each(gather.take());
    } catch (error) {
      throw error instanceof Error && /Error: /.test(error.message) ? unreadable(path, error) : error;
    }
  });
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
  #values = new Float64Array(0);
  #ids: string[] = [];
  readonly #path: string;
  readonly #features: readonly string[];
  readonly #withIds: boolean;

  constructor(path: string, features: readonly string[], withIds: boolean) {
    this.#path = path;
    this.#features = features;
    this.#withIds = withIds;
    this.#values = new Float64Array(2 * batchRows * features.length);
  }

  add(columns: readonly (readonly DuckDBValue[])[], rows: number): void {
    const width = this.#features.length;
    for (const [position, name] of this.#features.entries()) {
      const column = columns[position] ?? [];
      for (let row = 0; row < rows; row++) {
        const value = column[row];
        const number = value === null || value === undefined ? Number.NaN : Number(value);
        if (number === Number.POSITIVE_INFINITY || number === Number.NEGATIVE_INFINITY)
          throw this.#infinite(name, row);
        this.#values[(this.rows + row) * width + position] = number;
      }
    }
    if (this.#withIds) for (const id of columns[width] ?? []) this.#ids.push(String(id));
    this.rows += rows;
  }

  take(): RowBatch {
    const values = this.#values.slice(0, this.rows * this.#features.length);
    const batch = { rows: this.rows, values, ids: this.#withIds ? this.#ids : undefined };
    this.#before += this.rows;
    this.#ids = [];
    this.rows = 0;
    return batch;
  }

  #infinite(name: string, row: number): DataError {
    return new DataError(
      `${this.#path}: row ${this.#before + this.rows + row + 1}, column '${name}' is infinite`,
      {
        remedy: 'correct the value, or leave the cell empty when it is missing',
      },
    );
  }
}
