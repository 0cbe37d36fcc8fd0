import type { DuckDBConnection } from '@duckdb/node-api';
import { DataError } from '../platform/errors.ts';
import { aggregateColumns, type ColumnQuestion } from './aggregate-columns.ts';
import { reading, type Source, type SourceColumn } from './source.ts';
import { booleanOf, isPresent, numberOf, textOf, timeOf } from './stored-values.ts';
import type { ColumnType } from './table.ts';

export interface TypedColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** DuckDB expression: VARCHAR for a string; else DOUBLE as in `NumericColumn`, but NULL is missing. */
  readonly value: string;
}

export interface TypedSource {
  readonly rows: number;
  readonly columns: readonly TypedColumn[];
}

/**
 * The type of each column by all of its values.
 * @param keptAsText columns that are text whatever they spell, such as ids
 * @throws DataError for a column of numbers with values that are none, naming row and value
 */
export async function inferTypes(
  connection: DuckDBConnection,
  source: Source,
  keptAsText: readonly string[],
): Promise<TypedSource> {
  const spelled = (column: SourceColumn) =>
    (column.storage === 'cell' || column.storage === 'text') && !keptAsText.includes(column.name);
  const questions = source.columns.map((column, index) =>
    spelled(column)
      ? {
          values: [`${textOf(column)} AS t${index}`, `${numberOf(column)} AS n${index}`],
          aggregates: spellings(index),
        }
      : notFiniteValues(column, index),
  );
  const { rows, answers } = await reading(source, () => aggregateColumns(connection, source, questions));
  const columns: TypedColumn[] = [];
  for (const [index, column] of source.columns.entries()) {
    const counts = (answers[index] ?? []).map(Number);
    if (spelled(column)) {
      columns.push(await spelledType(connection, source, column, counts));
      continue;
    }
    const [notFinite = 0] = counts;
    if (notFinite > 0) throw await notANumber(connection, source, column);
    columns.push(storedType(column, keptAsText.includes(column.name)));
  }
  return { rows, columns };
}

/** How many values are present and no finite number, of a column that stores fractions; nothing is asked of the others. */
function notFiniteValues(column: SourceColumn, index: number): ColumnQuestion {
  if (column.storage !== 'number') return { values: [], aggregates: [] };
  const wrong = `${isPresent(column)} AND (${numberOf(column)}) IS NULL`;
  return { values: [`CASE WHEN ${wrong} THEN 1 END AS w${index}`], aggregates: [`count(w${index})`] };
}

/** How many values are present, and how many of them spell a number, a whole number, a time, or true and false. */
function spellings(index: number): readonly string[] {
  const text = `t${index}`;
  const number = `n${index}`;
  const time = timeOf({ name: text, storage: 'text' });
  return [
    `count(${text})`,
    `count(${number})`,
    `count(CASE WHEN ${number} <> trunc(${number}) OR abs(${number}) >= 1e15 THEN NULL WHEN contains(${text}, '.') OR contains(lower(${text}), 'e') THEN NULL ELSE ${number} END)`,
    `count(CASE WHEN ${number} IS NULL THEN ${time} END)`,
    `count(CASE WHEN ${number} IS NULL AND lower(${text}) IN ('true', 'false') THEN 1 END)`,
  ];
}

async function spelledType(
  connection: DuckDBConnection,
  source: Source,
  column: SourceColumn,
  [present = 0, numbers = 0, integers = 0, times = 0, booleans = 0]: readonly number[],
): Promise<TypedColumn> {
  if (present > 0 && times === present) return typed(column, 'datetime');
  if (column.storage === 'text') return typed(column, 'string');
  if (present === 0) return typed(column, 'number');
  if (integers === present) return typed(column, 'integer');
  if (numbers === present) return typed(column, 'number');
  if (booleans === present) return typed(column, 'boolean');
  if (numbers > present / 2) throw await notANumber(connection, source, column);
  return typed(column, 'string');
}

function storedType(column: SourceColumn, keptAsText: boolean): TypedColumn {
  if (keptAsText) return typed(column, 'string');
  switch (column.storage) {
    case 'integer':
    case 'number':
    case 'boolean':
      return typed(column, column.storage);
    case 'time':
      return typed(column, 'datetime');
    default:
      return typed(column, 'string');
  }
}

function typed(column: SourceColumn, type: ColumnType): TypedColumn {
  return { name: column.name, type, value: valueAs(column, type) };
}

function valueAs(column: SourceColumn, type: ColumnType): string {
  switch (type) {
    case 'string':
      return textOf(column);
    case 'boolean':
      return booleanOf(column);
    case 'datetime':
      return `CAST(epoch_ms(${timeOf(column)}) AS DOUBLE)`;
    default:
      return numberOf(column);
  }
}

/** The first value that is present and no finite number. */
async function notANumber(
  connection: DuckDBConnection,
  source: Source,
  column: SourceColumn,
): Promise<DataError> {
  const found = await connection.runAndReadAll(
    `SELECT row, value FROM (SELECT row_number() OVER () AS row, ${textOf(column)} AS value, ${isPresent(column)} AND (${numberOf(column)}) IS NULL AS wrong FROM ${source.from}) WHERE wrong ORDER BY row LIMIT 1`,
  );
  const [row, value] = found.getRows()[0] ?? [];
  return new DataError(`${source.name}: row ${row}, column '${column.name}': '${value}' is no number`, {
    why: 'most values of this column are numbers, finite and without thousands separators',
    remedy: 'correct the value, or leave the cell empty when it is missing',
  });
}
