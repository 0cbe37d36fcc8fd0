import type { StatsResult } from '../../data/results/stats.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import { hourMs } from '../../platform/durations.ts';
import {
  lastPredictionAt,
  openForReading,
  type PredictionSums,
  predictionSums,
  predictionSumsByVersion,
  type Store,
} from '../../store/index.ts';
import type { Workspace } from '../../workspace/index.ts';

export interface StatsQuestion {
  /** Length of the window that ends now, milliseconds. */
  readonly window: number;
  readonly by: StatsResult['by'];
}

/** How many predictions there were, how many positive, how probable, by hour or by version; summed by the database. */
export function readStats(workspace: Workspace, question: StatsQuestion, clock: Clock): StatsResult {
  using store = openForReading(workspace.paths.store);
  return store.read(() => predictionStats(store, question, clock.now()));
}

/** @param until epoch milliseconds */
export function predictionStats(store: Store, { window, by }: StatsQuestion, until: number): StatsResult {
  const from = until - window;
  const groups = by === 'hour' ? byHour(store, from, until) : byVersion(store, from, until);
  const total = groups.map((each) => each.sums).reduce(plus, nothing);
  const last = lastPredictionAt(store, until);
  return {
    window: { from: toIso(from), until: toIso(until), hours: window / hourMs },
    ...figuresOf(total),
    per_hour: total.predictions / (window / hourMs),
    last_prediction_at: last === undefined ? null : toIso(last),
    by,
    groups: groups.map(({ hour, version, sums }) => ({ hour, version, ...figuresOf(sums) })),
  };
}

interface Group {
  readonly hour: string | null;
  readonly version: string | null;
  readonly sums: PredictionSums;
}

/** Whole hours of UTC, hours without a prediction too; the first and the last are cut off where the window is. */
function byHour(store: Store, from: number, until: number): readonly Group[] {
  const first = Math.floor((from + 1) / hourMs) * hourMs;
  const hours = Array.from(
    { length: Math.floor((until - first) / hourMs) + 1 },
    (_, index) => first + index * hourMs,
  );
  const windows = hours.map((hour) => ({
    from: Math.max(from, hour - 1),
    until: Math.min(until, hour + hourMs - 1),
  }));
  return predictionSums(store, windows).map((sums, index) => ({
    hour: toIso(hours[index] ?? first),
    version: null,
    sums,
  }));
}

function byVersion(store: Store, from: number, until: number): readonly Group[] {
  return predictionSumsByVersion(store, { from, until }).map(({ version, ...sums }) => ({
    hour: null,
    version,
    sums,
  }));
}

const nothing: PredictionSums = { predictions: 0, scored: 0, positives: 0, outcomes: 0, probability_sum: 0 };

function plus(a: PredictionSums, b: PredictionSums): PredictionSums {
  return {
    predictions: a.predictions + b.predictions,
    scored: a.scored + b.scored,
    positives: a.positives + b.positives,
    outcomes: a.outcomes + b.outcomes,
    probability_sum: a.probability_sum + b.probability_sum,
  };
}

function figuresOf({ predictions, scored, positives, outcomes, probability_sum }: PredictionSums) {
  return {
    predictions,
    scored,
    positive_rate: outcomes === 0 ? null : positives / outcomes,
    mean_probability: scored === 0 ? null : probability_sum / scored,
  };
}
