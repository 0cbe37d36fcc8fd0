import { type FitTask, fitTasks } from './part-worker.ts';

/**
 * The words by which two threads share tasks. Each task has a number; its second part belongs to whichever thread raises
 * `taken` to that number, so that a thread that is late, or not there, keeps nobody waiting.
 */
const word = { number: 0, taken: 1, done: 2, failed: 3, task: 4, from: 5, until: 6, feature: 7, result: 8 };

/** How many words there are. */
export const taskWords = 16;

/** So often the other thread's word is looked at before this one lies down until it changes. */
const looks = 2_000;

/** The second part of a task. */
export interface SecondPart {
  readonly task: FitTask;
  readonly from: number;
  readonly until: number;
  readonly feature: number;
}

export function publish(words: Int32Array, number: number, { task, from, until, feature }: SecondPart): void {
  words[word.task] = fitTasks.indexOf(task);
  words[word.from] = from;
  words[word.until] = until;
  words[word.feature] = feature;
  Atomics.store(words, word.number, number);
  Atomics.notify(words, word.number);
}

/** @returns whether the second part of the task is this thread's to do */
export function take(words: Int32Array, number: number): boolean {
  return Atomics.compareExchange(words, word.taken, number - 1, number) === number - 1;
}

/** Waits for a task after number `last`. @returns its number */
export function awaitTask(words: Int32Array, last: number): number {
  return awaitChange(words, word.number, (number) => number !== last);
}

export function readSecondPart(words: Int32Array): SecondPart {
  return {
    task: fitTasks[words[word.task] ?? 0] ?? 'lay',
    from: words[word.from] ?? 0,
    until: words[word.until] ?? 0,
    feature: words[word.feature] ?? 0,
  };
}

/** Says what the second part came to; undefined for a failure. */
export function answer(words: Int32Array, number: number, result: number | undefined): void {
  words[word.failed] = Number(result === undefined);
  words[word.result] = result ?? 0;
  Atomics.store(words, word.done, number);
  Atomics.notify(words, word.done);
}

/** Waits until the other thread has done its part. @returns what it came to, undefined for a failure */
export function awaitAnswer(words: Int32Array, number: number): number | undefined {
  awaitChange(words, word.done, (done) => done === number);
  return words[word.failed] === 1 ? undefined : words[word.result];
}

/** Number of the last task that another thread helped with; 0 where none did. */
export function lastAnswered(words: Int32Array): number {
  return Atomics.load(words, word.done);
}

function awaitChange(words: Int32Array, index: number, isWanted: (value: number) => boolean): number {
  for (let look = 0; ; look++) {
    const value = Atomics.load(words, index);
    if (isWanted(value)) return value;
    if (look >= looks) Atomics.wait(words, index, value);
  }
}
