import { availableParallelism } from 'node:os';
import { hasThreads, startThread } from '../../platform/thread.ts';
import type { StartHelper } from '../../training/index.ts';

/** Starts a second thread for a fit; undefined where there is none, or one processor for both. */
export const secondThread: StartHelper | undefined =
  hasThreads && availableParallelism() > 1 ? startFitThread : undefined;

function startFitThread(memory: unknown) {
  const worker = startThread('fit-thread', memory);
  // One that fails is noticed by the parts it leaves undone.
  worker.on('error', () => undefined);
  return {
    stop: async () => {
      await worker.terminate();
    },
  };
}
