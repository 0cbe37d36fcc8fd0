import type { IncomingMessage } from 'node:http';
import { parseJson } from './parse-json.ts';
import { Problem } from './problem.ts';

/**
 * The whole body.
 * @param most bytes
 * @throws Problem 413 when it is longer, 415 when it is compressed, 400 when the connection ends before it does
 */
export function readBody(request: IncomingMessage, most: number): Promise<Buffer> {
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity')
    throw new Problem(415, { detail: `the body is encoded as ${encoding}: send it as it is` });
  if (Number(request.headers['content-length'] ?? 0) > most) throw tooLong(most);
  return new Promise((resolve, reject) => {
    let first: Buffer | undefined;
    let others: Buffer[] | undefined;
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > most) {
        request.pause();
        reject(tooLong(most));
      } else if (first === undefined) first = chunk;
      else {
        others ??= [first];
        others.push(chunk);
      }
    });
    request.on('end', () =>
      resolve(others === undefined ? (first ?? Buffer.alloc(0)) : Buffer.concat(others)),
    );
    request.on('error', () => reject(new Problem(400, { detail: 'the body was cut off' })));
  });
}

function tooLong(most: number): Problem {
  return new Problem(413, {
    detail: `the body is longer than ${most.toLocaleString('en-US')} bytes (serve.body_megabytes)`,
    headers: { connection: 'close' },
  });
}

/**
 * The body as JSON.
 * @throws Problem 415 when it says that it is something else, 400 when it is no JSON in UTF-8, and as `readBody`
 */
export async function readJson(request: IncomingMessage, most: number): Promise<unknown> {
  const type = request.headers['content-type'];
  if (
    type !== undefined &&
    type !== 'application/json' &&
    !/^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(type)
  )
    throw new Problem(415, {
      detail: `the body is ${type}: send application/json (curl: -H 'content-type: application/json')`,
    });
  return parseJson(await readBody(request, most));
}

/** An object as JSON has it, no list. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
