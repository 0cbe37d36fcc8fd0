import { setImmediate } from 'node:timers/promises';

/**
 * Gives signals and timers their turn between two stretches of long work, which would otherwise not see Ctrl-C.
 * @throws what the signal was aborted with
 */
export async function nextTurn(signal?: AbortSignal): Promise<void> {
  await setImmediate();
  signal?.throwIfAborted();
}
