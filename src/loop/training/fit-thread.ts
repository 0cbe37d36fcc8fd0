// A program of its own, run by second-thread.ts in a thread: does a part of the work of fitting trees.
import { workerData } from 'node:worker_threads';
import { helpWithFit } from '../../training/fit/task-runner.ts';

helpWithFit(workerData);
