import type { PredictionExplanation } from '../../data/results/prediction-explanation.ts';
import type { PredictionToExplain } from '../../loop/explaining/explain-prediction.ts';
import { exitCodes } from '../../platform/exit-codes.ts';
import { runThread } from '../../platform/thread.ts';
import type { Workspace } from '../../workspace/index.ts';
import { Problem } from '../http/problem.ts';
import type { StoreFailureText } from '../store-thread/failure.ts';

export interface ExplainTask {
  readonly workspace: Workspace;
  readonly question: PredictionToExplain;
  /** Epoch milliseconds. */
  readonly now: number;
}

export type ExplainAnswer =
  | { readonly explanation: PredictionExplanation }
  | { readonly failure: StoreFailureText };

/** @throws Problem 404 without such a prediction or version, 409 where it cannot be explained, 503 when too many wait, 504 when late */
export type ExplainApart = (task: ExplainTask, limitMs: number) => Promise<PredictionExplanation>;

/** One is explained at a time, so that predictions keep a processor to themselves. */
const mostWaiting = 8;

/** Explains in a thread of its own, because it computes for as long as hundreds of predictions take. */
export function explainApart(): ExplainApart {
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();
  return async (task, limitMs) => {
    if (waiting >= mostWaiting)
      throw new Problem(503, { detail: 'too many explanations wait already', retryAfter: 1 });
    waiting++;
    const signal = AbortSignal.timeout(Math.max(0, limitMs));
    const answered = last.then(() => runThread<ExplainTask, ExplainAnswer>('explain-thread', task, signal));
    last = answered.catch(() => undefined);
    try {
      const answer = await answered;
      if ('explanation' in answer) return answer.explanation;
      throw problemOfFailure(answer.failure);
    } catch (error) {
      if (signal.aborted) throw new Problem(504, { detail: 'the explanation took longer than it may' });
      throw error;
    } finally {
      waiting--;
    }
  };
}

function problemOfFailure({ message, text, exitCode }: StoreFailureText): Problem {
  const detail = text.why === undefined ? message : `${message}: ${text.why}`;
  if (exitCode === exitCodes.noInput) return new Problem(404, { detail });
  if (exitCode === exitCodes.unavailable || exitCode === exitCodes.badData)
    return new Problem(409, { detail });
  if (exitCode === exitCodes.tryAgain) return new Problem(503, { detail, retryAfter: 1 });
  return new Problem(500, { detail: 'the explanation failed' });
}
