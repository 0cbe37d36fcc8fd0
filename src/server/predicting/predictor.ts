import type { Clock } from '../../platform/clock.ts';
import { DataError } from '../../platform/errors.ts';
import type { KnownRow, StoredAnswer } from '../../store/index.ts';
import type { LiveModel } from '../champion/live-model.ts';
import { Problem } from '../http/problem.ts';
import type { LoggedBatch } from '../store-thread/append-rows.ts';
import { answerOf } from '../store-thread/spilled-answers.ts';
import type { Recorder } from './recorder.ts';
import type { ReadRow } from './row-reader.ts';

/** A row that waits for its answer. */
export interface AskedRow extends ReadRow {
  readonly id: string;
}

/** Rows of one request. */
export interface Job {
  readonly model: LiveModel;
  readonly rows: readonly AskedRow[];
  /** Ids came from the client, so that the store may know them: the answer waits for the commit, and is that of the first time. */
  readonly ownIds: boolean;
  /** Epoch milliseconds after which nobody waits for the answer. */
  readonly deadline: number;
}

export interface Predictor {
  /**
   * Scores the rows and keeps them. What comes while others are scored is scored together next; a lone request is scored at once.
   * @returns one answer a row
   * @throws Problem 503 when too many rows wait, 504 after the deadline, 409 when an id is known with other features, 422 when the
   *   model cannot score a row; StoreFailure when the rows could not be kept
   */
  predict(job: Job): Promise<readonly StoredAnswer[]>;
  /** @throws Problem 503 when too many rows wait; asked before a body is read, so that refusing costs little */
  requireRoom(): void;
  /** Rows that came in and are not answered yet. */
  waiting(): number;
}

export interface PredictorSettings {
  readonly recorder: Recorder;
  readonly durability: () => 'commit' | 'async';
  /** Most rows that wait. */
  readonly queueRows: () => number;
  readonly clock: Clock;
  /** Told of rows that were scored together. */
  readonly scored: (batch: LoggedBatch) => void;
}

interface Queued extends Job {
  resolve(answers: readonly StoredAnswer[]): void;
  reject(error: unknown): void;
}

/** Rows that are scored in one run at most; one request may have more. */
const mostTogether = 1024;

export function predictor({ recorder, durability, queueRows, clock, scored }: PredictorSettings): Predictor {
  let queue: Queued[] = [];
  let waiting = 0;
  let scheduled = false;

  async function work(): Promise<void> {
    while (queue.length > 0) {
      const jobs = inTime(take());
      if (jobs.length > 0) await scoreTogether(jobs);
    }
    scheduled = false;
  }

  /** The first jobs in the queue that are for one model. */
  function take(): readonly Queued[] {
    const model = queue[0]?.model;
    let rows = 0;
    let end = 0;
    for (const job of queue) {
      if (job.model !== model || (end > 0 && rows + job.rows.length > mostTogether)) break;
      rows += job.rows.length;
      end++;
    }
    const taken = queue.slice(0, end);
    queue = queue.slice(end);
    return taken;
  }

  function inTime(jobs: readonly Queued[]): readonly Queued[] {
    const now = clock.now();
    const late = jobs.filter(({ deadline }) => deadline <= now);
    for (const job of late)
      job.reject(
        new Problem(504, { detail: 'the request waited longer than it may; nothing was predicted' }),
      );
    return late.length === 0 ? jobs : jobs.filter((job) => !late.includes(job));
  }

  async function scoreTogether(jobs: readonly Queued[]): Promise<void> {
    const [first] = jobs;
    if (first === undefined) return;
    const { model } = first;
    const rows = jobs.length === 1 ? first.rows : jobs.flatMap((job) => job.rows);
    try {
      const ownIds = jobs.some((job) => job.ownIds);
      const batch = batchOf(model, { rows, ownIds }, await scoreRows(model, rows), clock.now());
      scored(batch);
      void keep(jobs, batch);
    } catch (error) {
      // One job's row that the model refuses is no reason to refuse those beside it.
      if (error instanceof DataError && jobs.length > 1) for (const job of jobs) await scoreTogether([job]);
      else for (const job of jobs) job.reject(error);
    }
  }

  async function keep(jobs: readonly Queued[], batch: LoggedBatch): Promise<void> {
    try {
      const early = durability() === 'async' && !batch.ownIds;
      const known = early ? await recorder.buffer(batch) : await recorder.commit(batch);
      answer(jobs, batch, known ?? []);
    } catch (error) {
      for (const job of jobs) job.reject(error);
    }
  }

  const requireRoom = () => {
    if (waiting >= queueRows())
      throw new Problem(503, { detail: 'too many predictions wait already', retryAfter: 1 });
  };
  return {
    requireRoom,
    predict: (job) => {
      requireRoom();
      waiting += job.rows.length;
      const letGo = job.model.hold();
      return new Promise<readonly StoredAnswer[]>((resolve, reject) => {
        queue.push({ ...job, resolve, reject });
        if (scheduled) return;
        scheduled = true;
        setImmediate(() => void work());
      }).finally(() => {
        waiting -= job.rows.length;
        letGo();
      });
    },
    waiting: () => waiting,
  };
}

function scoreRows(model: LiveModel, rows: readonly AskedRow[]): Promise<Float64Array> {
  const [only] = rows;
  if (only !== undefined && rows.length === 1) return model.score(only.numbers, 1);
  return model.score(joined(rows, model.features.numeric.length), rows.length);
}

function joined(rows: readonly AskedRow[], width: number): Float64Array {
  const numbers = new Float64Array(rows.length * width);
  for (const [place, row] of rows.entries()) numbers.set(row.numbers, place * width);
  return numbers;
}

function batchOf(
  { version, features }: LiveModel,
  { rows, ownIds }: { readonly rows: readonly AskedRow[]; readonly ownIds: boolean },
  probabilities: Float64Array,
  at: number,
): LoggedBatch {
  return {
    features,
    version: String(version.version),
    threshold: version.threshold,
    ownIds,
    ids: rows.map(({ id }) => id),
    at,
    probabilities,
    numbers: joined(rows, features.numeric.length),
    texts: features.text.length === 0 ? [] : rows.flatMap(({ texts }) => texts),
  };
}

function answer(jobs: readonly Queued[], batch: LoggedBatch, known: readonly KnownRow[]): void {
  const before = new Map(known.map((each) => [each.row, each]));
  let row = 0;
  for (const job of jobs) {
    const first = row;
    row += job.rows.length;
    const unlike = job.rows.flatMap((_, place) =>
      before.get(first + place)?.same === false
        ? [{ pointer: `/${place}`, detail: 'this id is known with other features, which stay' }]
        : [],
    );
    if (unlike.length > 0) {
      const detail = 'a prediction id stands for one prediction; rows that are not named here were kept';
      job.reject(new Problem(409, { detail, errors: unlike }));
      continue;
    }
    job.resolve(
      job.rows.map((_, place) => before.get(first + place)?.stored ?? answerOf(batch, first + place)),
    );
  }
}
