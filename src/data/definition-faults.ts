import type { z } from 'zod';

/** Each way in which a document is not as its definition says, in words: `fields.0.type: expected one of number, integer`. */
export function definitionFaults(error: z.ZodError): readonly string[] {
  return error.issues.map((issue) => {
    const at = issue.path.join('.') || 'the document';
    return issue.code === 'unrecognized_keys'
      ? `${at}: ${unknownKeys(issue.keys)}`
      : `${at}: ${inWords(issue)}`;
  });
}

function unknownKeys(keys: readonly string[]): string {
  return `unknown key${keys.length === 1 ? '' : 's'} ${keys.map((key) => `'${key}'`).join(', ')}`;
}

function inWords(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') {
    const missing = issue.message.endsWith('received undefined');
    return missing ? `missing; expected ${named(issue.expected)}` : `expected ${named(issue.expected)}`;
  }
  if (issue.code === 'invalid_value') return `expected one of ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'too_small' && issue.origin === 'number') return `expected at least ${issue.minimum}`;
  if (issue.code === 'too_big' && issue.origin === 'number') return `expected at most ${issue.maximum}`;
  return (
    issue.message.replace(/^Invalid (input|option)(: )?/, '').replace(/^Too (small|big): /, '') ||
    'not as expected'
  );
}

function named(type: string): string {
  const names: Readonly<Record<string, string>> = {
    array: 'a list',
    object: 'an object',
    string: 'a text',
    int: 'a whole number',
    number: 'a number',
    boolean: 'true or false',
  };
  return names[type] ?? type;
}
