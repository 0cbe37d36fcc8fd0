import { z } from 'zod';
import { configurationDefinition } from './configuration.ts';

/** What the configuration may hold at that path, in words: `expected a number from 0 to 1`. */
export function expectation(path: readonly PropertyKey[]): string {
  let schema: z.core.JSONSchema._JSONSchema | undefined = z.toJSONSchema(configurationDefinition, {
    io: 'input',
  });
  for (const key of path) {
    if (typeof schema !== 'object') break;
    schema = schema.properties?.[String(key)] ?? elementOf(schema, key);
  }
  return `expected ${typeof schema === 'object' ? inWords(schema) : 'something else'}`;
}

function elementOf(schema: z.core.JSONSchema.JSONSchema, key: PropertyKey) {
  const element = schema.prefixItems?.[Number(key)] ?? schema.items;
  return Array.isArray(element) ? element[0] : element;
}

function inWords(schema: z.core.JSONSchema.JSONSchema): string {
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

function rangeInWords(schema: z.core.JSONSchema.JSONSchema): string {
  const parts: string[] = [];
  if (schema.exclusiveMinimum !== undefined) parts.push(`above ${schema.exclusiveMinimum}`);
  if (schema.minimum !== undefined && schema.minimum > Number.MIN_SAFE_INTEGER)
    parts.push(`from ${schema.minimum}`);
  if (schema.maximum !== undefined && schema.maximum < Number.MAX_SAFE_INTEGER)
    parts.push(`to ${schema.maximum}`);
  return parts.length === 0 ? '' : ` ${parts.join(' ')}`;
}
