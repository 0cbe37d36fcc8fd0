import { quoteName } from './duckdb.ts';
import type { SourceColumn } from './source.ts';

/** DuckDB expressions for the values of a column as its file stores them. CASE, because only that stops at the first answer. */

const zoned = "'(Z|[+-]\\d{2}:?\\d{2})$'";
const jsonNumbers = "('UBIGINT', 'BIGINT', 'HUGEINT', 'UHUGEINT', 'DOUBLE')";

/** VARCHAR, NULL when missing. */
export function textOf({ name, storage }: SourceColumn): string {
  const column = quoteName(name);
  if (storage === 'cell') return column;
  if (storage === 'mixed') return `(${column}->>'$')`;
  if (storage === 'number')
    return `CASE WHEN ${isPresent({ name, storage })} THEN CAST(${column} AS VARCHAR) END`;
  return `CAST(${column} AS VARCHAR)`;
}

/** BOOLEAN; a floating-point NaN is missing. */
export function isPresent({ name, storage }: SourceColumn): string {
  const column = quoteName(name);
  if (storage === 'mixed') return `((${column}->>'$') IS NOT NULL)`;
  if (storage === 'number') return `(${column} IS NOT NULL AND NOT isnan(CAST(${column} AS DOUBLE)))`;
  return `(${column} IS NOT NULL)`;
}

/** DOUBLE; NULL when missing or no finite number, such as text, 1e999, or with thousands separators. */
export function numberOf({ name, storage }: SourceColumn): string {
  const column = quoteName(name);
  switch (storage) {
    case 'cell':
      return spelledNumber(column);
    case 'integer':
      return `CAST(${column} AS DOUBLE)`;
    case 'number':
      return `CASE WHEN isfinite(CAST(${column} AS DOUBLE)) THEN CAST(${column} AS DOUBLE) END`;
    case 'mixed':
      return `CASE WHEN json_type(${column}) IN ${jsonNumbers} THEN ${spelledNumber(`(${column}->>'$')`)} END`;
    default:
      return 'NULL::DOUBLE';
  }
}

function spelledNumber(text: string): string {
  const number = `TRY_CAST(${text} AS DOUBLE)`;
  return `CASE WHEN NOT isfinite(${number}) THEN NULL WHEN contains(${text}, '_') THEN NULL ELSE ${number} END`;
}

/** DOUBLE 0 or 1; NULL when missing or neither true nor false. */
export function booleanOf({ name, storage }: SourceColumn): string {
  const column = quoteName(name);
  switch (storage) {
    case 'cell':
      return `CASE WHEN lower(${column}) IN ('true', '1') THEN 1.0::DOUBLE WHEN lower(${column}) IN ('false', '0') THEN 0.0::DOUBLE END`;
    case 'boolean':
      return `CAST(${column} AS DOUBLE)`;
    case 'integer':
      return `CASE WHEN ${column} IN (0, 1) THEN CAST(${column} AS DOUBLE) END`;
    case 'mixed':
      return `CASE WHEN json_type(${column}) = 'BOOLEAN' THEN CAST(CAST(${column}->>'$' AS BOOLEAN) AS DOUBLE) END`;
    default:
      return 'NULL::DOUBLE';
  }
}

/** TIMESTAMPTZ; NULL when missing or no time with its zone. A time stored as such in Parquet without a zone is UTC. */
export function timeOf(column: SourceColumn): string {
  if (column.storage === 'time') return `CAST(${quoteName(column.name)} AS TIMESTAMPTZ)`;
  if (column.storage !== 'cell' && column.storage !== 'text') return 'NULL::TIMESTAMPTZ';
  const text = textOf(column);
  return `CASE WHEN regexp_matches(${text}, ${zoned}) THEN TRY_CAST(${text} AS TIMESTAMPTZ) END`;
}

/** VARCHAR; NULL when missing or stored as something else than text. */
export function stringOf(column: SourceColumn): string {
  const { name, storage } = column;
  if (storage === 'cell' || storage === 'text') return textOf(column);
  if (storage !== 'mixed') return 'NULL::VARCHAR';
  return `CASE WHEN json_type(${quoteName(name)}) = 'VARCHAR' THEN ${textOf(column)} END`;
}
