import { DataError } from '../platform/errors.ts';
import { type FieldRole, fieldRole, type SchemaField, type TableSchema } from './schema.ts';
import { type Column, findColumn, type Table } from './table.ts';

export interface SchemaUse {
  /** Fields of these roles must have their column; by default the features. */
  readonly needed?: readonly FieldRole[];
  /** Columns that the table may have though the schema does not name them, such as `predictionColumns`. */
  readonly beside?: readonly string[];
}

/**
 * Holds a table's columns to a schema: none missing, none unknown, each of its type. Values are not held to constraints here;
 * `validateFile` does that.
 * @param path what messages call the table
 * @throws DataError that names every column at fault
 */
export function requireSchema(table: Table, schema: TableSchema, path: string, use: SchemaUse = {}): void {
  const needed = use.needed ?? ['feature'];
  const missing = schema.fields.filter(
    (field) => needed.includes(fieldRole(field)) && findColumn(table, field.name) === undefined,
  );
  const known = new Set([...schema.fields.map((field) => field.name), ...(use.beside ?? [])]);
  const unknown = table.columns.filter((column) => !known.has(column.name));
  const wrong = schema.fields.filter((field) => {
    const column = findColumn(table, field.name);
    return column !== undefined && fieldRole(field) !== 'ignore' && !fits(column, field.type);
  });
  const faults = [
    ...missing.map((field) => `'${field.name}' is missing`),
    ...unknown.map((column) => `'${column.name}' is not in the schema`),
    ...wrong.map((field) => `'${field.name}' holds values that are not ${typeNames[field.type]}`),
  ];
  if (faults.length === 0) return;
  throw new DataError(`${path} does not have the columns of the schema`, {
    why: faults.join('; '),
    remedy: `correct the file or the schema; mlops validate ${path} --schema FILE shows the rows`,
  });
}

const typeNames: Readonly<Record<SchemaField['type'], string>> = {
  number: 'numbers',
  integer: 'whole numbers',
  boolean: 'true or false',
  datetime: 'ISO 8601 times with their zone, such as 2026-08-03T06:00:00Z',
  string: 'text',
};

/** A column without any value fits every type. */
function fits(column: Column, type: SchemaField['type']): boolean {
  if (column.kind === 'text') return type === 'string' || column.dictionary.length === 0;
  if (column.type === type) return true;
  switch (type) {
    case 'number':
      return column.type === 'integer' || isEmpty(column.values);
    case 'integer':
      return (
        column.type === 'number' &&
        column.values.every((value) => Number.isNaN(value) || Number.isInteger(value))
      );
    case 'boolean':
      return column.values.every((value) => Number.isNaN(value) || value === 0 || value === 1);
    default:
      return isEmpty(column.values);
  }
}

function isEmpty(values: Float64Array): boolean {
  return values.every(Number.isNaN);
}
