import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { ConfigurationError } from '../platform/errors.ts';
import { aggregateColumns } from './aggregate-columns.ts';
import { quoteName, quoteText, watchProgress, withDuckDb } from './duckdb.ts';
import { withInput } from './input-file.ts';
import { predictionColumns } from './prediction-columns.ts';
import { recordLines } from './record-lines.ts';
import type { BrokenRule, ValidateResult } from './results/validate.ts';
import type { ScanOptions } from './scan-options.ts';
import { fieldRole, type SchemaField, type TableSchema } from './schema.ts';
import { openSource, reading, type Source } from './source.ts';
import { type LocatedRule, primaryKey, repeatedKeys, uniqueKeys } from './unique-keys.ts';
import { fieldValues, type HeldField, type ValueRule, valueRules } from './validation-rules.ts';

const mostRows = 10;
const mostExamples = 5;

/**
 * Holds every value of a file to a Table Schema, by scans that keep nothing: one that counts, one for each unique key, and one
 * that finds the rows where rules are broken. The order of columns is free; columns that only predictions have, such as
 * `prediction_id`, may stand beside those of the schema; the target may be absent, as labels come later.
 *
 * @throws NoInputError and DataError when the file cannot be read at all; ConfigurationError when the schema cannot be held to
 */
export async function validateFile(
  path: string,
  schema: TableSchema,
  options: ScanOptions = {},
): Promise<Omit<ValidateResult, 'schema'>> {
  return withInput(path, options.format, options.signal, (input) =>
    withDuckDb(async (connection) => {
      await requirePatterns(connection, schema);
      const source = await openSource(connection, input, schema.missingValues);
      let phase = 'checking';
      const tell = options.progress;
      const broken = await watchProgress(connection, tell && ((share) => tell(phase, share)), () =>
        reading(source, () =>
          brokenRules(connection, source, schema, (next) => {
            phase = next;
          }),
        ),
      );
      return { valid: broken.rules.length === 0, file: source.name, ...broken };
    }, options.signal),
  );
}

async function brokenRules(
  connection: DuckDBConnection,
  source: Source,
  schema: TableSchema,
  enter: (phase: string) => void,
): Promise<{ readonly rows: number; readonly rules: BrokenRule[] }> {
  const held = heldFields(source, schema);
  const { rows, broken } = await countBroken(connection, source, held);
  if (broken.length > 0) enter('looking up the rows');
  const found = broken.length === 0 ? [] : await locate(connection, source, broken);
  for (const key of uniqueKeys(schema, held)) {
    enter(`looking for repeated values of ${key.columns.join(', ')}`);
    const result = await repeatedKeys(connection, source, key, mostRows);
    if (result !== undefined) found.push(result);
  }
  const all = [...columnRules(source, schema), ...found.map((each) => withPlaces(source, each))];
  const place = (name: string) => {
    const index = schema.fields.findIndex((field) => field.name === name);
    return index < 0 ? schema.fields.length : index;
  };
  return { rows, rules: all.toSorted((a, b) => place(a.column) - place(b.column)) };
}

/** The fields that the file has; those of the primary key must have values. */
function heldFields(source: Source, schema: TableSchema): readonly HeldField[] {
  const key = primaryKey(schema);
  return schema.fields.flatMap((field) => {
    const column = source.columns.find((each) => each.name === field.name);
    if (column === undefined || fieldRole(field) === 'ignore') return [];
    const constraints = key.includes(field.name)
      ? { ...field.constraints, required: true }
      : field.constraints;
    return [{ field: constraints === undefined ? field : { ...field, constraints }, column }];
  });
}

function columnRules(source: Source, schema: TableSchema): readonly BrokenRule[] {
  const present = new Set(source.columns.map((column) => column.name));
  const known = new Set([...schema.fields.map((field) => field.name), ...predictionColumns]);
  const place = { count: 1, rows: [], lines: source.format === 'parquet' ? null : [], examples: [] };
  return [
    ...schema.fields
      .filter((field) => !present.has(field.name) && mustBeThere(field))
      .map((field) => ({
        column: field.name,
        rule: 'missing_column' as const,
        expected: `a column of type ${field.type}`,
        ...place,
      })),
    ...source.columns
      .filter((column) => !known.has(column.name))
      .map((column) => ({
        column: column.name,
        rule: 'unexpected_column' as const,
        expected: 'no column that the schema does not name',
        ...place,
      })),
  ];
}

function mustBeThere(field: SchemaField): boolean {
  const role = fieldRole(field);
  return role !== 'ignore' && (role !== 'target' || field.constraints?.required === true);
}

/** Every column is read, so that a fault of the file in any of them is found. */
async function countBroken(
  connection: DuckDBConnection,
  source: Source,
  held: readonly HeldField[],
): Promise<{ readonly rows: number; readonly broken: readonly BrokenValues[] }> {
  const rules = held.map(valueRules);
  const { rows, answers } = await aggregateColumns(connection, source, [
    ...held.map((each, index) => ({
      values: fieldValues(each, index),
      aggregates: (rules[index] ?? []).map(({ broken }) => `count(CASE WHEN ${broken} THEN 1 END)`),
    })),
    ...source.columns.map(({ name }, index) => ({
      values: [`${quoteName(name)} AS c${index}`],
      aggregates: [`count(c${index})`],
    })),
  ]);
  const broken = rules.flatMap((ofField, index) =>
    ofField.flatMap((rule, at) => {
      const count = Number(answers[index]?.[at] ?? 0);
      return count === 0
        ? []
        : [
            {
              ...rule,
              count,
              values: held.slice(index, index + 1).flatMap((each) => fieldValues(each, index)),
            },
          ];
    }),
  );
  return { rows, broken };
}

type BrokenValues = ValueRule & { readonly count: number; readonly values: readonly string[] };

/** The first rows that break each rule; memory does not grow with their number. */
async function locate(
  connection: DuckDBConnection,
  source: Source,
  broken: readonly BrokenValues[],
): Promise<LocatedRule[]> {
  const { answers } = await aggregateColumns(
    connection,
    source,
    broken.map((each) => ({
      values: each.values,
      aggregates: [
        `to_json(min(CASE WHEN ${each.broken} THEN {'row': row, 'value': ${each.value}} END, ${mostRows}))`,
      ],
    })),
    true,
  );
  return broken.map(({ column, rule, expected, count }, index) => ({
    column,
    rule,
    expected,
    count,
    found: foundRows.parse(JSON.parse(String(answers[index]?.[0] ?? '[]'))),
  }));
}

const foundRows = z.array(z.object({ row: z.number(), value: z.string().nullable() }));

function withPlaces(source: Source, { found, ...rule }: LocatedRule): BrokenRule {
  const rows = found.map(({ row }) => row);
  const values = found.flatMap(({ value }) => (value === null ? [] : [value]));
  const { format, path, columns } = source;
  return {
    ...rule,
    rows,
    lines: format === 'parquet' ? null : recordLines(path, { format, columns: columns.length }, rows),
    examples: [...new Set(values)].slice(0, mostExamples),
  };
}

/** @throws ConfigurationError for a pattern that DuckDB's RE2 does not understand */
async function requirePatterns(connection: DuckDBConnection, schema: TableSchema): Promise<void> {
  for (const { name, constraints } of schema.fields) {
    if (constraints?.pattern === undefined) continue;
    try {
      await connection.run(`SELECT regexp_full_match('', ${quoteText(constraints.pattern)})`);
    } catch (error) {
      throw new ConfigurationError(
        `schema field '${name}': the pattern ${constraints.pattern} is not understood`,
        {
          why: error instanceof Error ? error.message : String(error),
          remedy: 'write a regular expression as RE2 has them, without look-ahead or back-reference',
        },
      );
    }
  }
}
