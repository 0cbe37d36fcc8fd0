import { type TuningTrial, tuningTrialDefinition } from '../data/results/train.ts';
import type { Store } from './store.ts';

export function insertTuningTrial(store: Store, attempt: number, trial: TuningTrial): void {
  store.connection
    .prepare(
      `INSERT INTO tuning_trial (attempt_id, trial, found, parameters, score, folds, duration_ms)
       VALUES (@attempt_id, @trial, @found, @parameters, @score, @folds, @duration_ms)`,
    )
    .run({
      ...trial,
      attempt_id: attempt,
      parameters: JSON.stringify(trial.parameters),
      folds: JSON.stringify(trial.folds),
    });
}

/** In the order they were tried in. */
export function tuningTrials(store: Store, attempt: number): TuningTrial[] {
  return store.connection
    .prepare<[number], Record<'parameters' | 'folds', string>>(
      'SELECT * FROM tuning_trial WHERE attempt_id = ? ORDER BY trial',
    )
    .all(attempt)
    .map((row) =>
      tuningTrialDefinition.parse({
        ...row,
        parameters: JSON.parse(row.parameters),
        folds: JSON.parse(row.folds),
      }),
    );
}
