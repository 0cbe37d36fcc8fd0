import { isUtf8 } from 'node:buffer';
import { Problem } from './problem.ts';

/**
 * A body as JSON.
 * @param dialect `NaN is null` also takes what Python's json writes of a missing number, where clients write so
 * @throws Problem 400 when it is no JSON in UTF-8
 */
export function parseJson(body: Buffer, dialect?: 'NaN is null'): unknown {
  if (body.length === 0) throw new Problem(400, { detail: 'the body is empty, where JSON is expected' });
  if (!isUtf8(body)) throw new Problem(400, { detail: 'the body is not UTF-8' });
  const text = body.toString('utf8');
  try {
    return JSON.parse(dialect !== undefined && text.includes('NaN') ? nanAsNull(text) : text);
  } catch (error) {
    throw new Problem(400, {
      detail: `the body is no JSON: ${error instanceof Error ? error.message : String(error)}`,
    });
  }
}

/** Leaves what stands between quotes alone. */
function nanAsNull(text: string): string {
  const parts: string[] = [];
  let from = 0;
  while (from < text.length) {
    const quote = text.indexOf('"', from);
    const outside = quote < 0 ? text.length : quote;
    parts.push(text.slice(from, outside).replaceAll(/\bNaN\b/g, 'null'));
    let close = outside + 1;
    while (close < text.length && text[close] !== '"') close += text[close] === '\\' ? 2 : 1;
    parts.push(text.slice(outside, close + 1));
    from = close + 1;
  }
  return parts.join('');
}
