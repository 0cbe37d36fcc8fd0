import type { Tuning, TuningTrial } from '../../../data/results/train.ts';
import { type Clock, durationSince } from '../../../platform/clock.ts';
import {
  crossValidate,
  type EstimatorParameters,
  type ModelQuestion,
  randomValues,
  searchedValues,
  searchSpace,
  startUpTrials,
  suggestValues,
  usableFolds,
  type Values,
  withValues,
} from '../../../training/index.ts';
import { randomFrom } from '../../../training/random.ts';
import type { RunSearch } from './search-signals.ts';

/** What a search may take. */
export interface TuningLimits {
  readonly trials: number;
  /** Milliseconds; undefined for no limit, and with one the result may differ from run to run. */
  readonly time?: number | undefined;
}

export interface TuningPlan extends TuningLimits {
  /** Whether an interruption leaves the best trial so far, in place of nothing. */
  readonly keepBest: boolean;
  readonly clock: Clock;
  readonly runSearch: RunSearch;
  /** Given each trial as it ends. */
  readonly keep: (trial: TuningTrial) => void;
  /** Progress for a reader. */
  readonly tell: (line: string) => void;
}

export interface TunedParameters {
  readonly parameters: EstimatorParameters;
  readonly tuning: Tuning;
}

/** Trials without a better one after which the search is at an end. */
const patience = 20;
/** Milliseconds between two lines of progress. */
const tellEvery = 2000;

/**
 * Searches for better parameters: first as they are, then at random, then by the tree-structured Parzen estimator, each measured by
 * the mean log loss over folds in order of time. The same question, seed and trials give the same result.
 * @param question rows in order of time
 * @throws DataError when no fold has both outcomes
 */
export function tune(
  question: ModelQuestion,
  configured: EstimatorParameters,
  plan: TuningPlan,
): Promise<TunedParameters> {
  return plan.runSearch((signal) => search({ ...question, signal }, configured, plan));
}

async function search(
  question: ModelQuestion,
  configured: EstimatorParameters,
  plan: TuningPlan,
): Promise<TunedParameters> {
  const folds = usableFolds(question.target);
  const limit = plan.time === undefined ? undefined : AbortSignal.timeout(plan.time);
  const signal = limit === undefined ? question.signal : AbortSignal.any([question.signal, limit]);
  const trials: TuningTrial[] = [];
  const ended = (): Tuning['ended'] | undefined => {
    if (limit?.aborted === true) return 'time';
    if (trials.length >= plan.trials) return 'trials';
    return trials.length - (bestOf(trials)?.trial ?? 0) >= patience ? 'plateau' : undefined;
  };
  const next = nextValues(configured, randomFrom(question.seed));
  const tell = progress(plan);
  let end = ended();
  while (end === undefined) {
    const started = plan.clock.elapsed();
    const { found, values } = next(trials);
    try {
      const losses = await crossValidate({ ...question, signal }, withValues(configured, values), folds);
      const score = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
      const duration_ms = durationSince(plan.clock, started);
      const trial = {
        trial: trials.length + 1,
        found,
        parameters: values,
        score,
        folds: [...losses],
        duration_ms,
      };
      trials.push(trial);
      plan.keep(trial);
      tell(trials);
      end = ended();
    } catch (error) {
      if (!signal.aborted) throw error;
      if (question.signal.aborted && !(plan.keepBest && trials.length > 0)) throw error;
      end = question.signal.aborted ? 'interrupted' : 'time';
    }
  }
  const best = bestOf(trials);
  const parameters = best === undefined ? configured : withValues(configured, best.parameters);
  return { parameters, tuning: { best: best?.trial ?? null, ended: end, trials } };
}

function nextValues(configured: EstimatorParameters, random: () => number) {
  const space = searchSpace(configured);
  return (trials: readonly TuningTrial[]): { found: TuningTrial['found']; values: Values } => {
    if (trials.length === 0) return { found: 'configured', values: searchedValues(configured) };
    if (trials.length < startUpTrials) return { found: 'random', values: randomValues(space, random) };
    const scored = trials.map(({ parameters, score }) => ({ values: parameters, score }));
    return { found: 'tpe', values: suggestValues(space, scored, random) };
  };
}

/** The first of the best. */
function bestOf(trials: readonly TuningTrial[]): TuningTrial | undefined {
  const lowest = Math.min(...trials.map(({ score }) => score));
  return trials.find(({ score }) => score === lowest);
}

function progress({ clock, tell, trials: most }: TuningPlan) {
  const started = clock.elapsed();
  let told = started;
  return (trials: readonly TuningTrial[]): void => {
    const now = clock.elapsed();
    if (now - told < tellEvery) return;
    told = now;
    const best = bestOf(trials);
    const left = Math.ceil((((now - started) / trials.length) * (most - trials.length)) / 1000);
    tell(
      `tuning: trial ${trials.length} of ${most}, lowest log loss ${best?.score.toFixed(4)} (trial ${best?.trial}), at most ${left} s left`,
    );
  };
}
