import { getAsset } from 'node:sea';
import { Worker } from 'node:worker_threads';
import { InternalError } from './errors.ts';
import { builtIn } from './version.ts';

/** Programs of their own beside this one; esbuild.config.mjs makes an asset of each. */
export type ThreadName = 'window-thread' | 'store-thread' | 'fit-thread' | 'explain-thread';

/** Whether there is a second thread to use: outside the executable there is none. */
export const hasThreads: boolean = builtIn;

/** Starts the program of that name in a thread; it lives until it ends or is terminated. */
export function startThread(name: ThreadName, task: unknown): Worker {
  return new Worker(getAsset(`${name}.js`, 'utf8'), { eval: true, workerData: task });
}

/**
 * Runs the program of that name in a thread with `task` and gives the one message that it posts.
 * @throws what the thread threw, and what `signal` was aborted with; the thread is gone in each case
 */
export async function runThread<Task, Answer>(
  name: ThreadName,
  task: Task,
  signal: AbortSignal,
): Promise<Answer> {
  signal.throwIfAborted();
  const worker = startThread(name, task);
  const stop = () => void worker.terminate();
  signal.addEventListener('abort', stop);
  try {
    return await new Promise<Answer>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () => reject(new InternalError(`the thread ${name} ended without an answer`)));
    });
  } finally {
    signal.removeEventListener('abort', stop);
    await worker.terminate();
    signal.throwIfAborted();
  }
}
