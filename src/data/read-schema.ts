import { readFileSync } from 'node:fs';
import { ConfigurationError, fromSystemError } from '../platform/errors.ts';
import { type TableSchema, tableSchemaDefinition } from './schema.ts';

/** The Table Schema in that JSON file. @throws NoInputError, or ConfigurationError that names the path, the place and what was expected. */
export function readSchema(path: string): TableSchema {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw fromSystemError(error, `schema ${path} cannot be read`);
  }
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw new ConfigurationError(`${path} is not JSON`, {
      why: error instanceof Error ? error.message : String(error),
      remedy: 'a Table Schema is a JSON object with a list `fields`',
    });
  }
  const parsed = tableSchemaDefinition.safeParse(document);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    (issue) => `${issue.path.join('.') || 'the document'}: ${issue.message}`,
  );
  throw new ConfigurationError(`${path} is not a Table Schema`, {
    why: problems.join('; '),
    remedy: 'correct what is named',
  });
}
