// A program of its own, run by explain-apart.ts in a thread: explains one prediction, which may take a second of computing.
import { parentPort, workerData } from 'node:worker_threads';
import { explainPrediction } from '../../loop/explaining/explain-prediction.ts';
import { failureOf } from '../store-thread/failure.ts';
import type { ExplainAnswer, ExplainTask } from './explain-apart.ts';

const { workspace, question, now }: ExplainTask = workerData;
// Whoever no longer waits ends the thread.
const signal = new AbortController().signal;

explainPrediction(workspace, question, now, signal).then(
  (explanation) => post({ explanation }),
  (error: unknown) => post({ failure: failureOf(error) }),
);

function post(answer: ExplainAnswer): void {
  parentPort?.postMessage(answer);
}
