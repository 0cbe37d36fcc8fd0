import type { IncomingMessage } from 'node:http';

/** Of the Idempotency-Key header, a quoted string as its draft has it, or bare. */
export function idempotencyKey({ headers }: IncomingMessage): string | undefined {
  const header = headers['idempotency-key'];
  return typeof header === 'string' ? header.replace(/^"(.*)"$/, '$1') : undefined;
}
