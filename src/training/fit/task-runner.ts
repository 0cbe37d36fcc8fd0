import { InternalError } from '../../platform/errors.ts';
import type { FitMemory } from './fit-memory.ts';
import { type FitTask, PartWorker } from './part-worker.ts';
import {
  answer,
  awaitAnswer,
  awaitTask,
  publish,
  readSecondPart,
  type SecondPart,
  take,
} from './task-words.ts';

/** Of fewer rows, telling another thread would take longer than doing its part. */
const fewestRowsToShare = 16_384;

/** What the parts of a task came to. */
export interface PartResults {
  /** Where the second part begins; `until` where there is but one. */
  readonly middle: number;
  readonly first: number;
  readonly second: number;
}

/**
 * Cuts tasks in two by how many rows they have, never by how many threads there are: the same parts are added up in the same
 * order, whoever does them. The second is done by another thread that runs `helpWithFit`, or by this one when that is late.
 */
export class TaskRunner {
  readonly worker: PartWorker;
  readonly #words: Int32Array;
  #number = 0;

  constructor(memory: FitMemory) {
    this.worker = new PartWorker(memory);
    this.#words = memory.words;
  }

  /** @param feature that separates rows */
  run(task: FitTask, from: number, until: number, feature = 0): PartResults {
    const rows = until - from;
    const middle = rows < fewestRowsToShare ? until : from + (rows >> 1);
    if (middle === until) return { middle, first: this.worker.run(task, 0, from, until, feature), second: 0 };
    const words = this.#words;
    const number = ++this.#number;
    publish(words, number, { task, from: middle, until, feature });
    const first = this.worker.run(task, 0, from, middle, feature);
    const second = take(words, number)
      ? this.worker.run(task, 1, middle, until, feature)
      : awaitAnswer(words, number);
    if (second === undefined) throw new InternalError(`the second thread of the fit failed to ${task}`);
    return { middle, first, second };
  }
}

/** Does second parts for a `TaskRunner` in another thread, until that thread is ended from outside. */
export function helpWithFit(memory: FitMemory): never {
  const worker = new PartWorker(memory);
  const { words } = memory;
  for (let last = 0; ; ) {
    last = awaitTask(words, last);
    if (take(words, last)) answer(words, last, attempt(worker, readSecondPart(words)));
  }
}

function attempt(worker: PartWorker, { task, from, until, feature }: SecondPart): number | undefined {
  try {
    return worker.run(task, 1, from, until, feature);
  } catch {
    return undefined;
  }
}
