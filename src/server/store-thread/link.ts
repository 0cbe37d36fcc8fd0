import { EventEmitter } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { exitCodes } from '../../platform/exit-codes.ts';
import { startThread } from '../../platform/thread.ts';
import { StoreFailure, type StoreFailureText } from './failure.ts';
import type { StoreTasks, StoreThreadTask } from './tasks.ts';

/** This side of a thread that holds the store. */
export interface StoreThread {
  /** @throws StoreFailure with what the thread met */
  ask<Name extends keyof StoreTasks>(
    name: Name,
    ...inputs: Parameters<StoreTasks[Name]>
  ): Promise<Awaited<ReturnType<StoreTasks[Name]>>>;
  /** Lets it finish what it was asked, then ends it. */
  close(): Promise<void>;
}

/** Starts the thread; one that ended by a defect is started anew by the next question. */
export function startStoreThread(task: StoreThreadTask): StoreThread {
  const answers = new EventEmitter();
  const open = new Set<number>();
  let worker: Worker | undefined;
  let asked = 0;
  const failAll = (why: string) => {
    worker = undefined;
    const failure = { message: 'the thread of the store ended', text: { why }, exitCode: exitCodes.internal };
    for (const number of open) answers.emit(String(number), { failure });
  };
  const start = () => {
    const started = startThread('store-thread', task);
    started.on('message', (answer) => answers.emit(String(answer.number), answer));
    started.on('error', (error) => failAll(error instanceof Error ? error.message : String(error)));
    started.on('exit', () => {
      if (worker === started) failAll('it ended without an answer');
    });
    worker = started;
    return started;
  };
  const ask: StoreThread['ask'] = (name, ...inputs) =>
    new Promise((resolve, reject) => {
      const number = asked++;
      open.add(number);
      answers.once(String(number), ({ failure, value }) => {
        open.delete(number);
        if (failure === undefined) resolve(value);
        else reject(storeFailure(failure));
      });
      (worker ?? start()).postMessage({ number, name, inputs });
    });
  start();
  return {
    ask,
    close: async () => {
      if (worker === undefined) return;
      const last = worker;
      await ask('close').catch(() => undefined);
      worker = undefined;
      await last.terminate();
    },
  };
}

function storeFailure(failure: StoreFailureText): StoreFailure {
  return new StoreFailure(failure);
}
