// A program of its own, run by serving in a thread: does with the store what it is asked to, one thing after the other.
import { parentPort, workerData } from 'node:worker_threads';
import { failureOf } from './failure.ts';
import { storeTasks } from './tasks.ts';

const tasks = storeTasks(workerData);
const named = new Map(Object.entries(tasks));

parentPort?.on('message', async ({ number, name, inputs }) => {
  try {
    parentPort?.postMessage({ number, value: await named.get(name)?.(...inputs) });
  } catch (error) {
    parentPort?.postMessage({ number, failure: failureOf(error) });
  }
  if (name === 'close') parentPort?.close();
});
