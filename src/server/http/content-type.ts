import type { IncomingMessage } from 'node:http';

/** The type of a body, such as `text/csv`, without parameters and in lower case; undefined where it says none. */
export function contentType({ headers }: IncomingMessage): string | undefined {
  return headers['content-type']?.split(';')[0]?.trim().toLowerCase();
}
