import { describe, expect, it } from 'vitest';
import type { TuningTrial } from '../../src/data/results/train.ts';
import { oneSignal, searchSignals } from '../../src/loop/training/tuning/search-signals.ts';
import { type TuningPlan, tune } from '../../src/loop/training/tuning/tune.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { estimatorParameters } from '../../src/training/index.ts';
import { trainerDefaults } from '../../src/workspace/index.ts';
import { riskAndNoise } from '../training/labelled-numbers.ts';

const rows = riskAndNoise(800);
const trees = estimatorParameters('trees', { ...trainerDefaults, trees: 30 });
const logistic = estimatorParameters('logistic', trainerDefaults);

function search(plan: Partial<TuningPlan>, parameters = logistic, target = rows.target) {
  const { signal } = new AbortController();
  const question = { features: rows.features, target, seed: 6, signal };
  const kept: TuningTrial[] = [];
  const whole = {
    trials: 12,
    keepBest: false,
    clock: systemClock,
    tell: () => undefined,
    keep: (trial: TuningTrial) => kept.push(trial),
    ...oneSignal(signal),
    ...plan,
  };
  return { kept, tuned: tune(question, parameters, whole) };
}

const withoutTimes = (trials: readonly TuningTrial[]) => trials.map(({ duration_ms: _, ...trial }) => trial);

describe('a search for parameters', () => {
  it('begins as configured, goes on at random, then by what it found, and takes the best', async () => {
    const { kept, tuned } = search({});
    const { parameters, tuning } = await tuned;
    expect(tuning.trials.map(({ found }) => found)).toEqual([
      'configured',
      ...Array(9).fill('random'),
      'tpe',
      'tpe',
    ]);
    expect(tuning.trials[0]?.parameters).toEqual({ l2: 1 });
    expect(kept).toEqual(tuning.trials);
    expect(tuning.ended).toBe('trials');
    const best = tuning.trials.find(({ trial }) => trial === tuning.best);
    expect(best?.score).toBe(Math.min(...tuning.trials.map(({ score }) => score)));
    expect(parameters).toMatchObject({ estimator: 'logistic', l2: best?.parameters.l2 });
    for (const { score, folds } of tuning.trials)
      expect(score).toBeCloseTo(folds.reduce((sum, loss) => sum + loss, 0) / 3, 12);
  });

  it('is the same for the same seed', async () => {
    const [one, other] = await Promise.all([
      search({ trials: 4 }, trees).tuned,
      search({ trials: 4 }, trees).tuned,
    ]);
    expect(withoutTimes(one.tuning.trials)).toEqual(withoutTimes(other.tuning.trials));
    expect(one.parameters).toEqual(other.parameters);
  });

  it('ends when no trial was better for long', async () => {
    const constant = { ...logistic, categories: [] };
    const { tuning } = await search({ trials: 500 }, constant).tuned;
    expect(tuning.ended).toBe('plateau');
    expect(tuning.trials.length - (tuning.best ?? 0)).toBe(20);
  });

  it('ends with the time, with what was configured where no trial ended', async () => {
    const { parameters, tuning } = await search({ time: 1, trials: 500 }, trees).tuned;
    expect(tuning).toMatchObject({ ended: 'time', best: null, trials: [] });
    expect(parameters).toEqual(trees);
  });

  it('keeps the best when it is interrupted, if that was asked for', async () => {
    const interruption = new AbortController();
    const { signal, runSearch } = searchSignals(interruption.signal);
    const keep = ({ trial }: TuningTrial) => {
      if (trial === 2) interruption.abort(new Error('interrupted'));
    };
    const { tuning } = await search({ keepBest: true, keep, runSearch }).tuned;
    expect(tuning).toMatchObject({ ended: 'interrupted', trials: [{ trial: 1 }, { trial: 2 }] });
    expect(signal.aborted).toBe(false);
  });

  it('ends with nothing when it is interrupted and that was not asked for', async () => {
    const interruption = new AbortController();
    const keep = () => interruption.abort(new Error('interrupted'));
    await expect(search({ keep, ...oneSignal(interruption.signal) }).tuned).rejects.toThrow('interrupted');
  });

  it('is refused where one outcome fills every part', async () => {
    const target = rows.target.map((_, row) => Number(row < 5));
    await expect(search({}, logistic, target).tuned).rejects.toThrow(
      'no part of the training rows has both outcomes',
    );
  });
});

describe('an interruption', () => {
  it('outside the search ends everything', async () => {
    const interruption = new AbortController();
    const { signal, runSearch } = searchSignals(interruption.signal);
    await runSearch(async (search) => expect(search.aborted).toBe(false));
    interruption.abort(new Error('interrupted'));
    expect(signal.aborted).toBe(true);
  });
});
