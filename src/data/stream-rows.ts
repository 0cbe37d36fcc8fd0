import type { DuckDBConnection, DuckDBDataChunk, DuckDBResult } from '@duckdb/node-api';
import { DataError } from '../platform/errors.ts';
import type { ReadOptions } from './column-source.ts';
import { type DoublesOf, openDoubles, withDuckDb } from './duckdb.ts';
import { withInput } from './input-file.ts';
import { listNames } from './list-names.ts';
import { openSource, reading, type Source } from './source.ts';
import { isPresent, numberOf, textOf, timeOf } from './stored-values.ts';

export interface RowColumns {
  /** Numeric columns that must be there, in order. */
  readonly features: readonly string[];
  /** Column whose values name the rows, where the file has it. */
  readonly id: string;
  /** Column whose values are times, where the file has it. */
  readonly time: string;
}

export interface RowBatch {
  readonly rows: number;
  /** Row-major, rows x features, NaN is missing. Its memory is used again for the next batch. */
  readonly values: Float64Array;
  /** The `id` column's values, undefined where the file has no such column. */
  readonly ids: readonly string[] | undefined;
  /** The `time` column's values in epoch milliseconds, NaN where it holds none; undefined where there is no such column. */
  readonly times: Float64Array | undefined;
}

const batchRows = 65_536;
const mostRowsOfChunk = 2048;
/** DuckDB reads ahead up to this much while a batch is worked on. */
const readAhead = '32MB';

/**
 * Gives a file's numeric features in batches, so that memory does not grow with the file; `-` is standard input.
 * @throws DataError when a feature is missing from the file, a value is no finite number, or an id is missing (row and
 *   column named)
 */
export async function streamRows(
  path: string,
  wanted: RowColumns,
  options: Omit<ReadOptions, 'progress'>,
  each: (batch: RowBatch) => Promise<void>,
): Promise<void> {
  await withInput(path, options.format, options.signal, (input) =>
    withDuckDb(async (connection) => {
      const source = await openSource(connection, input);
      requireFeatures(source, wanted.features);
      const has = (name: string) => source.columns.some((column) => column.name === name);
      const beside = { ids: has(wanted.id), times: has(wanted.time) };
      const gather = new BatchGatherer(source.name, wanted, beside, await openDoubles());
      const result = await reading(source, () => streamColumns(connection, source, wanted));
      const next = () => reading(source, () => result.fetchChunk());
      for (let chunk = await next(); chunk !== null && chunk.rowCount > 0; chunk = await next()) {
        gather.add(chunk);
        if (gather.rows >= batchRows) await each(gather.take());
      }
      if (gather.rows > 0) await each(gather.take());
    }, options.signal),
  );
}

/** Features as DOUBLE: NaN is missing, Infinity stands for what is no finite number; then time and id, where they are there. */
async function streamColumns(
  connection: DuckDBConnection,
  source: Source,
  { features, id, time }: RowColumns,
): Promise<DuckDBResult> {
  await connection.run(`SET streaming_buffer_size = '${readAhead}'`);
  const named = (name: string) => source.columns.filter((column) => column.name === name);
  const numbers = features.flatMap(named).map((column) => {
    const wrong = `CASE WHEN ${isPresent(column)} THEN 'Infinity'::DOUBLE ELSE 'NaN'::DOUBLE END`;
    return `coalesce(${numberOf(column)}, ${wrong})`;
  });
  const times = named(time).map(
    (column) => `coalesce(CAST(epoch_ms(${timeOf(column)}) AS DOUBLE), 'NaN'::DOUBLE)`,
  );
  const selected = [...numbers, ...times, ...named(id).map(textOf)];
  return connection.stream(`SELECT ${selected.join(', ')} FROM ${source.from}`);
}

function requireFeatures(source: Source, features: readonly string[]): void {
  const columns = source.columns.map((column) => column.name);
  const absent = features.filter((name) => !columns.includes(name));
  if (absent.length === 0) return;
  throw new DataError(`${source.name} lacks ${listNames(absent)}`, {
    why: `its columns are ${listNames(columns)}`,
    remedy: 'add the columns that the model takes',
  });
}

class BatchGatherer {
  rows = 0;
  #before = 0;
  #ids: string[] = [];
  readonly #values: Float64Array;
  readonly #times: Float64Array;
  readonly #path: string;
  readonly #columns: RowColumns;
  readonly #has: { readonly ids: boolean; readonly times: boolean };
  readonly #doublesOf: DoublesOf;

  constructor(
    path: string,
    columns: RowColumns,
    has: { readonly ids: boolean; readonly times: boolean },
    doublesOf: DoublesOf,
  ) {
    this.#path = path;
    this.#columns = columns;
    this.#has = has;
    this.#doublesOf = doublesOf;
    const capacity = batchRows + mostRowsOfChunk;
    this.#values = new Float64Array(capacity * columns.features.length);
    this.#times = new Float64Array(capacity);
  }

  add(chunk: DuckDBDataChunk): void {
    const { features } = this.#columns;
    const width = features.length;
    for (const [position, feature] of features.entries()) {
      const column = this.#doublesOf(chunk, position);
      let cell = this.rows * width + position;
      for (let row = 0; row < column.length; row++, cell += width) {
        const value = column[row] ?? Number.NaN;
        if (value === Number.POSITIVE_INFINITY) throw this.#refusal(row, feature, 'is no finite number');
        this.#values[cell] = value;
      }
    }
    if (this.#has.times) this.#times.set(this.#doublesOf(chunk, width), this.rows);
    if (this.#has.ids) this.#addIds(chunk, width + Number(this.#has.times));
    this.rows += chunk.rowCount;
  }

  take(): RowBatch {
    const values = this.#values.subarray(0, this.rows * this.#columns.features.length);
    const batch = {
      rows: this.rows,
      values,
      ids: this.#has.ids ? this.#ids : undefined,
      times: this.#has.times ? this.#times.subarray(0, this.rows) : undefined,
    };
    this.#before += this.rows;
    this.#ids = [];
    this.rows = 0;
    return batch;
  }

  #addIds(chunk: DuckDBDataChunk, position: number): void {
    const ids = chunk.getColumnVector(position);
    for (let row = 0; row < chunk.rowCount; row++) {
      const id = ids.getItem(row);
      if (typeof id !== 'string' || id === '') throw this.#refusal(row, this.#columns.id, 'is missing');
      this.#ids.push(id);
    }
  }

  #refusal(row: number, column: string, fault: string): DataError {
    return new DataError(
      `${this.#path}: row ${this.#before + this.rows + row + 1}, column '${column}' ${fault}`,
      {
        remedy:
          column === this.#columns.id
            ? 'give every row its id, or leave the column out to have rows numbered'
            : 'correct the value, or leave the cell empty when it is missing',
      },
    );
  }
}
