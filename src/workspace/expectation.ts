import { z } from 'zod';
import { configurationDefinition } from './configuration.ts';

type JsonSchema = z.core.JSONSchema._JSONSchema;

/**
 * What the configuration may hold at that path, in words: `expected a number from 0 to 1`.
 * @param input the whole configuration as it was read: where a map is one of several kinds, its keys say which
 */
export function expectation(path: readonly PropertyKey[], input: unknown): string {
  let schema: JsonSchema | undefined = z.toJSONSchema(configurationDefinition, { io: 'input' });
  let value = input;
  for (const key of path) {
    if (typeof schema !== 'object') break;
    value = valueAt(value, key);
    schema = kindOf(schema.properties?.[String(key)] ?? elementOf(schema, key), value);
  }
  return `expected ${typeof schema === 'object' ? inWords(schema) : 'something else'}`;
}

function valueAt(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

/** The one kind whose telling key the value has, among several kinds of map; otherwise the schema as it is. */
function kindOf(schema: JsonSchema | undefined, value: unknown): JsonSchema | undefined {
  if (typeof schema !== 'object' || schema.anyOf === undefined) return schema;
  const telling = tellingKeys(schema.anyOf);
  const fitting = schema.anyOf.filter(
    (each) =>
      typeof each === 'object' &&
      each.required?.some((key) => telling.includes(key) && valueAt(value, key) !== undefined),
  );
  return fitting.length === 1 ? fitting[0] : schema;
}

function elementOf(schema: z.core.JSONSchema.JSONSchema, key: PropertyKey) {
  const element = schema.prefixItems?.[Number(key)] ?? schema.items;
  return Array.isArray(element) ? element[0] : element;
}

function inWords(schema: z.core.JSONSchema.JSONSchema): string {
  const telling = tellingKeys(schema.anyOf ?? []);
  if (telling.length > 0) return `exactly one of these keys: ${telling.join(', ')}`;
  if (schema.anyOf !== undefined)
    return schema.anyOf.map((each) => (typeof each === 'object' ? inWords(each) : 'anything')).join(' or ');
  if (schema.enum !== undefined) return `one of: ${schema.enum.join(', ')}`;
  if (schema.properties !== undefined) return `only these keys: ${Object.keys(schema.properties).join(', ')}`;
  if (schema.type === 'number' || schema.type === 'integer') {
    return `${schema.type === 'integer' ? 'a whole number' : 'a number'}${rangeInWords(schema)}`;
  }
  if (schema.type === 'array') {
    return schema.prefixItems === undefined ? 'a list' : `a list of ${schema.prefixItems.length} numbers`;
  }
  if (schema.type === 'string') return schema.minLength === undefined ? 'a text' : 'a text that is not empty';
  return typeof schema.type === 'string' ? `a ${schema.type}` : 'something else';
}

/** Where a value is one of several kinds of map: the keys that each of them needs and the others do not. */
function tellingKeys(kinds: readonly JsonSchema[]): readonly string[] {
  const needed = kinds.map((each) => (typeof each === 'object' ? (each.required ?? []) : []));
  return needed.flatMap((keys) => keys.filter((key) => !needed.every((each) => each.includes(key))));
}

function rangeInWords(schema: z.core.JSONSchema.JSONSchema): string {
  const parts: string[] = [];
  if (schema.exclusiveMinimum !== undefined) parts.push(`above ${schema.exclusiveMinimum}`);
  if (schema.minimum !== undefined && schema.minimum > Number.MIN_SAFE_INTEGER)
    parts.push(`from ${schema.minimum}`);
  if (schema.maximum !== undefined && schema.maximum < Number.MAX_SAFE_INTEGER)
    parts.push(`to ${schema.maximum}`);
  return parts.length === 0 ? '' : ` ${parts.join(' ')}`;
}
