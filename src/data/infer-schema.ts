import type { DuckDBConnection } from '@duckdb/node-api';
import { DataError } from '../platform/errors.ts';
import { aggregateColumns } from './aggregate-columns.ts';
import { watchProgress, withDuckDb } from './duckdb.ts';
import { inferTypes, type TypedColumn, type TypedSource } from './infer-types.ts';
import { withInput } from './input-file.ts';
import { predictionColumns, predictionRole } from './prediction-columns.ts';
import type { ScanOptions } from './scan-options.ts';
import { defaultMissingValues, type FieldRole, type SchemaField, type TableSchema } from './schema.ts';
import { openSource, reading, type Source } from './source.ts';

export interface SchemaDraftOptions extends ScanOptions {
  /** Column with the true outcome. */
  readonly target?: string | undefined;
}

/** Text with no more distinct values than this is given them as its `enum`. */
const mostEnumerated = 20;
/** Text with more distinct values than that, and a greater share of them, is free text, as Evidently 0.7.23 has it. */
const freeTextShare = 0.5;
const idColumns = predictionColumns.filter((name) => predictionRole(name) === 'id');

/**
 * Drafts the Table Schema of a file, which the file itself fulfils: types, ranges of numbers, values of text that has few,
 * shares of missing values, roles. A whole number stays numerical however few its values: that is a person's decision.
 * The file is scanned, never held.
 *
 * @throws DataError as `readTable` does, and when there are no rows or no column `target`
 */
export async function inferSchema(path: string, options: SchemaDraftOptions = {}): Promise<TableSchema> {
  return withInput(path, options.format, options.signal, (input) =>
    withDuckDb(async (connection) => {
      const source = await openSource(connection, input);
      const { target } = options;
      if (target !== undefined) requireTarget(source, target);
      const tell = options.progress;
      let phase = 'finding types';
      return watchProgress(connection, tell && ((share) => tell(phase, share)), () =>
        reading(source, async () => {
          const typed = await inferTypes(connection, source, idColumns);
          if (typed.rows === 0) {
            throw new DataError(`${source.name} has no rows`, { remedy: 'give a file with data' });
          }
          phase = 'finding ranges';
          return draft(connection, source, typed, target);
        }),
      );
    }, options.signal),
  );
}

function requireTarget(source: Source, target: string): void {
  if (source.columns.some((column) => column.name === target)) return;
  throw new DataError(`${source.name} has no column '${target}'`, {
    why: `its columns are ${source.columns.map((column) => column.name).join(', ')}`,
    remedy: 'name one of these with --target',
  });
}

async function draft(
  connection: DuckDBConnection,
  source: Source,
  typed: TypedSource,
  target: string | undefined,
): Promise<TableSchema> {
  const summaries = await summarize(connection, source, typed.columns);
  const time = timeColumn(typed.columns);
  const fields: SchemaField[] = [];
  for (const [index, column] of typed.columns.entries()) {
    const { present, minimum, maximum } = summaries[index] ?? { present: 0, minimum: null, maximum: null };
    const role = roleOf(column, target, time);
    const missing = typed.rows - present;
    fields.push({
      name: column.name,
      type: column.type,
      ...(role === 'feature' ? {} : { role }),
      missingRate: missing / typed.rows,
      ...(present === 0 ? { description: 'no value was seen; the type is a guess' } : {}),
      ...(await describeValues(connection, source, column, role, { present, missing, minimum, maximum })),
    });
  }
  return { fields, missingValues: [...defaultMissingValues] };
}

interface ColumnSummary {
  readonly present: number;
  /** Null where there are no numbers. */
  readonly minimum: number | null;
  readonly maximum: number | null;
}

async function summarize(
  connection: DuckDBConnection,
  source: Source,
  columns: readonly TypedColumn[],
): Promise<readonly ColumnSummary[]> {
  const questions = columns.map(({ type, value }, index) => {
    const range = type === 'number' || type === 'integer' ? [`min(v${index})`, `max(v${index})`] : [];
    return { values: [`${value} AS v${index}`], aggregates: [`count(v${index})`, ...range] };
  });
  const { answers } = await aggregateColumns(connection, source, questions);
  return answers.map(([present, ...range]) => {
    const [minimum = null, maximum = null] = range.map((limit) => (limit === null ? null : Number(limit)));
    return { present: Number(present), minimum, maximum };
  });
}

/** `timestamp` where it holds times, else the first column that does. */
function timeColumn(columns: readonly TypedColumn[]): string | undefined {
  const times = columns.filter((column) => column.type === 'datetime');
  return (times.find((column) => predictionRole(column.name) === 'time') ?? times[0])?.name;
}

function roleOf(column: TypedColumn, target: string | undefined, time: string | undefined): FieldRole {
  if (column.name === target) return 'target';
  if (column.name === time) return 'time';
  if (column.type === 'datetime') return 'ignore';
  const role = predictionRole(column.name);
  return role === undefined || role === 'time' ? 'feature' : role;
}

async function describeValues(
  connection: DuckDBConnection,
  source: Source,
  column: TypedColumn,
  role: FieldRole,
  seen: ColumnSummary & { readonly missing: number },
): Promise<Pick<SchemaField, 'constraints' | 'measure'>> {
  if (seen.present === 0) return {};
  if (role === 'id') {
    const distinct = await countDistinct(connection, source, column);
    const required = seen.missing === 0 ? { required: true } : {};
    const unique = distinct === seen.present ? { unique: true } : {};
    return { constraints: { ...required, ...unique } };
  }
  if (role === 'time') return seen.missing === 0 ? { constraints: { required: true } } : {};
  if (role === 'ignore') return {};
  if (column.type === 'string') return describeText(connection, source, column, seen.present);
  if (role === 'target' && seen.minimum === 0 && seen.maximum === 1 && column.type === 'integer')
    return { constraints: { enum: [0, 1] } };
  const { minimum, maximum } = seen;
  return minimum === null || maximum === null ? {} : { constraints: { minimum, maximum } };
}

async function describeText(
  connection: DuckDBConnection,
  source: Source,
  column: TypedColumn,
  present: number,
): Promise<Pick<SchemaField, 'constraints' | 'measure'>> {
  const distinct = await countDistinct(connection, source, column);
  if (distinct > present * freeTextShare && distinct > mostEnumerated) return { measure: 'text' };
  if (distinct > mostEnumerated) return {};
  const found = await connection.runAndReadAll(
    `SELECT DISTINCT ${column.value} AS value FROM ${source.from} WHERE value IS NOT NULL ORDER BY value`,
  );
  return { constraints: { enum: found.getRows().map(([value]) => String(value)) } };
}

async function countDistinct(
  connection: DuckDBConnection,
  source: Source,
  column: TypedColumn,
): Promise<number> {
  const found = await connection.runAndReadAll(
    `SELECT count(*) FROM (SELECT ${column.value} AS value FROM ${source.from} WHERE value IS NOT NULL GROUP BY value)`,
  );
  return Number(found.getRows()[0]?.[0] ?? 0);
}
