import { readFileSync } from 'node:fs';
import { ConfigurationError, fromSystemError } from '../platform/errors.ts';
import { definitionFaults } from './definition-faults.ts';
import { type TableSchema, tableSchemaDefinition } from './schema.ts';

/** The Table Schema in that JSON file. @throws NoInputError, or ConfigurationError that names the path, the place and what was expected. */
export function readSchema(path: string): TableSchema {
  let content: Buffer;
  try {
    content = readFileSync(path);
  } catch (error) {
    throw fromSystemError(error, `schema ${path} cannot be read`);
  }
  let document: unknown;
  try {
    document = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(content));
  } catch (error) {
    throw new ConfigurationError(`${path} is not JSON`, {
      why: error instanceof SyntaxError ? error.message : 'it holds bytes that are not UTF-8',
      remedy: 'a Table Schema is a JSON object with a list `fields`',
    });
  }
  const parsed = tableSchemaDefinition.safeParse(document);
  if (parsed.success) return parsed.data;
  throw new ConfigurationError(`${path} is not a Table Schema`, {
    why: definitionFaults(parsed.error).join('; '),
    remedy: 'correct what is named',
  });
}
