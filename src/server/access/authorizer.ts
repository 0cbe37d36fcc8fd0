import { hash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { ApiKey, ServeScope } from '../../workspace/index.ts';
import { Problem } from '../http/problem.ts';

/** @returns who asks. @throws Problem 401 without a key that is known, 403 where it is not for this */
export type Authorizer = (scope: ServeScope | 'open', request: IncomingMessage) => string;

/** Who asks where no keys are configured. */
const anyone = 'http';

/** A key comes as `Authorization: Bearer KEY` or `X-API-Key: KEY`; what is kept of it is its hash. */
export function authorizer(keys: readonly ApiKey[]): Authorizer {
  const known = keys.map(({ name, sha256, scopes }) => ({
    name,
    scopes,
    digest: Buffer.from(sha256, 'hex'),
  }));
  return (scope, request) => {
    if (known.length === 0 || scope === 'open') return anyone;
    const key = keyOf(request);
    if (key === undefined) throw unknown('a key is needed: Authorization: Bearer KEY');
    const digest = hash('sha256', key, 'buffer');
    // All are compared, so that the time tells nothing about which one came near.
    const [caller] = known.filter((each) => timingSafeEqual(each.digest, digest));
    if (caller === undefined) throw unknown('this key is not known');
    if (caller.scopes.includes(scope) || caller.scopes.includes('admin')) return caller.name;
    throw new Problem(403, { detail: `the key '${caller.name}' is not for ${scope}` });
  };
}

function unknown(detail: string): Problem {
  return new Problem(401, { detail, headers: { 'www-authenticate': 'Bearer' } });
}

function keyOf({ headers }: IncomingMessage): string | undefined {
  const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  const own = headers['x-api-key'];
  return bearer ?? (typeof own === 'string' ? own : undefined);
}
