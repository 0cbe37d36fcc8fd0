import { hash, randomBytes } from 'node:crypto';
import type { ApiKey } from '../../workspace/index.ts';

export interface NewKey {
  /** What the client sends; it is shown once and kept nowhere. */
  readonly key: string;
  /** What mlops.yaml keeps. */
  readonly entry: ApiKey;
}

/** A key with 192 random bits, which no one guesses from its hash. */
export function newKey(name: string, scopes: ApiKey['scopes']): NewKey {
  const key = `mlops_${randomBytes(24).toString('base64url')}`;
  return { key, entry: { name, sha256: hash('sha256', key), scopes } };
}
