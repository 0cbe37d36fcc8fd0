import { parseIso } from '../platform/clock.ts';
import { ConfigurationError } from '../platform/errors.ts';
import { quoteNumber, quoteText } from './duckdb.ts';
import type { BrokenRule } from './results/validate.ts';
import { fieldRole, type SchemaField } from './schema.ts';
import type { SourceColumn } from './source.ts';
import { booleanOf, isPresent, numberOf, stringOf, textOf, timeOf } from './stored-values.ts';

type RuleName = BrokenRule['rule'];
type Limit = string | number | boolean;

/** A field and the column of the file that holds it. */
export interface HeldField {
  readonly field: SchemaField;
  readonly column: SourceColumn;
}

/** One thing that a field's values must be; the expressions refer to the names of `fieldValues`. */
export interface ValueRule {
  readonly column: string;
  readonly rule: RuleName;
  readonly expected: string;
  /** DuckDB condition: true where a row breaks the rule. */
  readonly broken: string;
  /** DuckDB expression: the value as text. */
  readonly value: string;
}

/** What rules look at, for the field at `index`: `p` present, `t` as text, `v` as its type, NULL where it is not. */
export function fieldValues({ field, column }: HeldField, index: number): readonly string[] {
  return [
    `${isPresent(column)} AS p${index}`,
    `${textOf(column)} AS t${index}`,
    `${typedValue(field, column)} AS v${index}`,
  ];
}

/**
 * The rules of a field by its type and constraints.
 * @throws ConfigurationError when a constraint does not fit the type, such as a text as the minimum of a number
 */
export function valueRules({ field }: HeldField, index: number): readonly ValueRule[] {
  const present = `p${index}`;
  const text = `t${index}`;
  const typed = `v${index}`;
  const rules: ValueRule[] = [];
  const add = (rule: RuleName, expected: string, broken: string) =>
    rules.push({ column: field.name, rule, expected, broken, value: text });
  const untyped = `${present} AND ${typed} IS NULL`;
  if (field.type === 'datetime') {
    const time = `TRY_CAST(${text} AS TIMESTAMP)`;
    add('type', typeNames.datetime, `CASE WHEN ${untyped} THEN ${time} IS NULL END`);
    add('time_zone', 'a zone, such as Z or +02:00', `CASE WHEN ${untyped} THEN ${time} IS NOT NULL END`);
  } else {
    add('type', typeNames[field.type], untyped);
  }
  const { required, minimum, maximum, pattern, minLength, maxLength, ...rest } = field.constraints ?? {};
  const literal = (limit: Limit) => limitOf(field, limit);
  if (required === true) add('required', 'a value', `NOT ${present}`);
  if (minimum !== undefined) add('minimum', `at least ${minimum}`, `${typed} < ${literal(minimum)}`);
  if (maximum !== undefined) add('maximum', `at most ${maximum}`, `${typed} > ${literal(maximum)}`);
  if (rest.enum !== undefined && rest.enum.length > 0) {
    const known = rest.enum.map(literal).join(', ');
    add('enum', `one of ${rest.enum.join(', ')}`, `${typed} NOT IN (${known})`);
  }
  if (pattern !== undefined)
    add('pattern', `text like ${pattern}`, `NOT regexp_full_match(${text}, ${quoteText(pattern)})`);
  if (minLength !== undefined)
    add('min_length', `at least ${minLength} characters`, `length(${text}) < ${minLength}`);
  if (maxLength !== undefined)
    add('max_length', `at most ${maxLength} characters`, `length(${text}) > ${maxLength}`);
  return rules;
}

const typeNames: Readonly<Record<SchemaField['type'], string>> = {
  number: 'a finite number without thousands separators',
  integer: 'a whole number',
  boolean: 'true or false',
  datetime: 'an ISO 8601 time with its zone',
  string: 'text',
};

/** DuckDB expression of the value as the field's type. A whole number may be written `2.0`, as pandas does beside missing ones;
 * an id is text however it is stored. */
export function typedValue(field: SchemaField, column: SourceColumn): string {
  switch (field.type) {
    case 'number':
      return numberOf(column);
    case 'integer': {
      const number = numberOf(column);
      return column.storage === 'integer'
        ? number
        : `CASE WHEN (${number}) = trunc(${number}) THEN ${number} END`;
    }
    case 'boolean':
      return booleanOf(column);
    case 'datetime':
      return timeOf(column);
    case 'string':
      return fieldRole(field) === 'id' ? textOf(column) : stringOf(column);
  }
}

function limitOf(field: SchemaField, limit: Limit): string {
  switch (field.type) {
    case 'number':
    case 'integer':
      if (typeof limit === 'number') return quoteNumber(limit);
      break;
    case 'boolean':
      if (typeof limit === 'boolean') return limit ? '1' : '0';
      break;
    case 'datetime':
      if (typeof limit === 'string' && parseIso(limit) !== undefined)
        return `CAST(${quoteText(limit)} AS TIMESTAMPTZ)`;
      break;
    case 'string':
      return quoteText(String(limit));
  }
  throw new ConfigurationError(
    `schema field '${field.name}': the constraint ${JSON.stringify(limit)} does not fit`,
    {
      why: `the field's type is ${field.type}`,
      remedy: 'correct the constraint or the type in the schema',
    },
  );
}
