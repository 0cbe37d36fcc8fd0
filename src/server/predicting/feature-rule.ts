import { featureNames, type SchemaField, type TableSchema } from '../../data/index.ts';
import { parseIso } from '../../platform/clock.ts';
import { ConfigurationError, DataError } from '../../platform/errors.ts';

/** What a value of one feature must be; limits of a time are epoch milliseconds, those of a boolean 0 and 1. */
export interface FeatureRule {
  readonly name: string;
  readonly type: SchemaField['type'];
  readonly required: boolean;
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
  readonly allowed: ReadonlySet<number | string> | undefined;
  readonly pattern: RegExp | undefined;
  readonly minLength: number | undefined;
  readonly maxLength: number | undefined;
  /** Further words for a reader of the API's description. */
  readonly description: string | undefined;
}

/**
 * The features that a request names: those of the schema, or without one those of the model, as numbers.
 * @param takes features of the model, in its order
 * @throws DataError when the model takes a feature that the schema lacks or holds as text, ConfigurationError when a constraint
 *   does not fit its field
 */
export function featureRules(
  schema: TableSchema | undefined,
  takes: readonly string[],
): readonly FeatureRule[] {
  if (schema === undefined) return takes.map((name) => ruleOf({ name, type: 'number' }));
  const known = featureNames(schema);
  const rules = schema.fields.filter(({ name }) => known.includes(name)).map(ruleOf);
  const unfit = takes.filter((name) => !rules.some((rule) => rule.name === name && rule.type !== 'string'));
  if (unfit.length === 0) return rules;
  throw new DataError(`the model takes ${unfit.join(', ')}, and the schema has no such numeric feature`, {
    why: `the features of the schema are ${known.join(', ')}`,
    remedy: 'correct the schema, or promote a version that takes its features',
  });
}

function ruleOf(field: SchemaField): FeatureRule {
  const { required, minimum, maximum, pattern, minLength, maxLength, ...rest } = field.constraints ?? {};
  return {
    name: field.name,
    type: field.type,
    required: required === true,
    minimum: minimum === undefined ? undefined : limitOf(field, minimum),
    maximum: maximum === undefined ? undefined : limitOf(field, maximum),
    allowed: rest.enum === undefined ? undefined : new Set(rest.enum.map((each) => memberOf(field, each))),
    pattern: pattern === undefined ? undefined : new RegExp(`^(?:${pattern})$`, 'u'),
    minLength,
    maxLength,
    description: field.description ?? field.title,
  };
}

function limitOf(field: SchemaField, limit: number | string): number {
  const value = field.type === 'datetime' && typeof limit === 'string' ? parseIso(limit) : limit;
  if (typeof value === 'number') return value;
  throw misfit(field, limit);
}

function memberOf(field: SchemaField, member: number | string | boolean): number | string {
  if (field.type === 'string') return String(member);
  if (typeof member === 'boolean') return Number(member);
  return limitOf(field, member);
}

function misfit(field: SchemaField, limit: number | string): ConfigurationError {
  return new ConfigurationError(
    `schema field '${field.name}': the constraint ${JSON.stringify(limit)} does not fit`,
    {
      why: `the field's type is ${field.type}`,
      remedy: 'correct the constraint or the type in the schema',
    },
  );
}
