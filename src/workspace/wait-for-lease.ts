import { setTimeout } from 'node:timers/promises';
import { LockedError } from '../platform/errors.ts';
import { acquireLease, type Lease, type LeaseHolder } from './lease.ts';

/** Milliseconds between two attempts. */
const pause = 500;

export interface LeasePatience {
  readonly signal: AbortSignal;
  /** Told once, when somebody else holds it. */
  readonly tell: (line: string) => void;
}

/** As `acquireLease`, but waits for whoever holds it, until `signal` is aborted. @throws what `signal` was aborted with */
export async function waitForLease(
  path: string,
  holder: LeaseHolder,
  { signal, tell }: LeasePatience,
): Promise<Lease> {
  for (let told = false; ; told = true) {
    try {
      return acquireLease(path, holder);
    } catch (error) {
      if (!(error instanceof LockedError)) throw error;
      if (!told) tell(`${error.message}; waiting`);
    }
    await setTimeout(pause, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}
