import type { LabelsPending } from '../../data/results/labels-pending.ts';
import { csvCell } from '../../data/row-text.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import { dayMs } from '../../platform/durations.ts';
import { openForReading, pendingBetween, pendingPredictions } from '../../store/index.ts';
import type { Workspace } from '../../workspace/index.ts';

const bands = [
  { age: 'under a day', from: 0, until: 1 },
  { age: '1 to 7 days', from: 1, until: 7 },
  { age: '7 to 30 days', from: 7, until: 30 },
  { age: '30 to 90 days', from: 30, until: 90 },
  { age: 'over 90 days', from: 90, until: Number.POSITIVE_INFINITY },
] as const;

/** Predictions that still wait for their label at the clock's time: how many by age, and the oldest. */
export function readPendingLabels(workspace: Workspace, most: number, clock: Clock): LabelsPending {
  const now = clock.now();
  using store = openForReading(workspace.paths.store);
  return store.read(() => {
    const by_age = bands.map(({ age, from, until }) => {
      const earliest = until === Number.POSITIVE_INFINITY ? Number.MIN_SAFE_INTEGER : now - until * dayMs;
      const latest = from === 0 ? now + 1 : now - from * dayMs;
      return { age, pending: pendingBetween(store, now, earliest, latest) };
    });
    return {
      as_of: toIso(now),
      pending: by_age.reduce((sum, each) => sum + each.pending, 0),
      by_age,
      oldest: Array.from(pendingPredictions(store, now, most), (each) => ({
        prediction_id: each.prediction_id,
        timestamp: toIso(each.predicted_at),
        age_days: Math.round(((now - each.predicted_at) / dayMs) * 10) / 10,
        model_version: each.model_version,
        outcome: each.outcome,
      })),
    };
  });
}

export interface LabelTemplate {
  /** CSV: the header, then a row for each prediction that waits, with its label left to be filled in. */
  readonly text: string;
  readonly rows: number;
  /** A row as it looks when it is filled in. */
  readonly example: string;
}

/** @param most predictions in it, the oldest first */
export function labelTemplate(workspace: Workspace, most: number, clock: Clock): LabelTemplate {
  const now = clock.now();
  using store = openForReading(workspace.paths.store);
  const ids = store.read(() =>
    Array.from(pendingPredictions(store, now, most), (each) => each.prediction_id),
  );
  const cells = ids.map(csvCell);
  return {
    text: `prediction_id,true_label,label_timestamp,label_source\n${cells.map((id) => `${id},,,\n`).join('')}`,
    rows: ids.length,
    example: `${cells[0] ?? 'ID'},1,${toIso(now)},collections`,
  };
}
