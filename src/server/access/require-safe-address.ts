import { UsageError } from '../../platform/errors.ts';
import type { ApiKey } from '../../workspace/index.ts';

/** @throws UsageError when others can reach the address and nobody needs a key */
export function requireSafeAddress(host: string, keys: readonly ApiKey[], insecure: boolean): void {
  if (insecure || keys.length > 0 || isLoopback(host)) return;
  throw new UsageError(`${host} can be reached from other machines, and no key is needed`, {
    why: 'whoever reaches it could predict, label and read; serve.keys of mlops.yaml names none',
    remedy: 'make one: mlops serve key NAME; or, behind something that asks for one, add --insecure',
  });
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}
