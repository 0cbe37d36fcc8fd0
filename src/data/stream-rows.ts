import type { DuckDBConnection, DuckDBDataChunk, DuckDBResult } from '@duckdb/node-api';
import { DataError } from '../platform/errors.ts';
import { type DoublesOf, openDoubles, withDuckDb } from './duckdb.ts';
import { withInput } from './input-file.ts';
import type { ReadOptions } from './read-table.ts';
import { openSource, reading, type Source } from './source.ts';
import { isPresent, numberOf, textOf } from './stored-values.ts';

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
  await withInput(path, options.format, options.signal, (input) =>
    withDuckDb(async (connection) => {
      const source = await openSource(connection, input);
      requireFeatures(source, features);
      const ids = source.columns.some((column) => column.name === idColumn);
      const gather = new BatchGatherer(source.name, features, ids, await openDoubles());
      const result = await reading(source.name, () =>
        streamColumns(connection, source, features, ids, idColumn),
      );
      const next = () => reading(source.name, () => result.fetchChunk());
      for (let chunk = await next(); chunk !== null && chunk.rowCount > 0; chunk = await next()) {
        gather.add(chunk);
        if (gather.rows >= batchRows) await each(gather.take());
      }
      if (gather.rows > 0) await each(gather.take());
    }, options.signal),
  );
}

/** Features as DOUBLE: NaN is missing, Infinity stands for what is no finite number. */
function streamColumns(
  connection: DuckDBConnection,
  source: Source,
  features: readonly string[],
  ids: boolean,
  idColumn: string,
): Promise<DuckDBResult> {
  const named = (name: string) => source.columns.filter((column) => column.name === name);
  const numbers = features.flatMap(named).map((column) => {
    const wrong = `CASE WHEN ${isPresent(column)} THEN 'Infinity'::DOUBLE ELSE 'NaN'::DOUBLE END`;
    return `coalesce(${numberOf(column)}, ${wrong})`;
  });
  const selected = [...numbers, ...(ids ? named(idColumn).map(textOf) : [])];
  return connection.stream(`SELECT ${selected.join(', ')} FROM ${source.from}`);
}

function requireFeatures(source: Source, features: readonly string[]): void {
  const columns = source.columns.map((column) => column.name);
  const absent = features.filter((name) => !columns.includes(name));
  if (absent.length === 0) return;
  throw new DataError(`${source.name} lacks ${absent.join(', ')}`, {
    why: `its columns are ${columns.join(', ')}`,
    remedy: 'add the columns that the model takes',
  });
}

class BatchGatherer {
  rows = 0;
  #before = 0;
  #ids: string[] = [];
  readonly #values: Float64Array;
  readonly #name: string;
  readonly #features: readonly string[];
  readonly #withIds: boolean;
  readonly #doublesOf: DoublesOf;

  constructor(name: string, features: readonly string[], withIds: boolean, doublesOf: DoublesOf) {
    this.#name = name;
    this.#features = features;
    this.#withIds = withIds;
    this.#doublesOf = doublesOf;
    this.#values = new Float64Array(2 * batchRows * features.length);
  }

  add(chunk: DuckDBDataChunk): void {
    const width = this.#features.length;
    for (const [position, feature] of this.#features.entries()) {
      const column = this.#doublesOf(chunk, position);
      for (const [row, value] of column.entries()) {
        if (value === Number.POSITIVE_INFINITY) throw this.#notFinite(feature, row);
        this.#values[(this.rows + row) * width + position] = value;
      }
    }
    if (this.#withIds) for (const id of chunk.getColumnValues(width)) this.#ids.push(String(id));
    this.rows += chunk.rowCount;
  }

  take(): RowBatch {
    const values = this.#values.slice(0, this.rows * this.#features.length);
    const batch = { rows: this.rows, values, ids: this.#withIds ? this.#ids : undefined };
    this.#before += this.rows;
    this.#ids = [];
    this.rows = 0;
    return batch;
  }

  #notFinite(feature: string, row: number): DataError {
    return new DataError(
      `${this.#name}: row ${this.#before + this.rows + row + 1}, column '${feature}' is no finite number`,
      { remedy: 'correct the value, or leave the cell empty when it is missing' },
    );
  }
}
