import type { LabelsPending } from '../data/results/labels-pending.ts';
import { grouped } from './figures.ts';
import { plainTable } from './plain-table.ts';

/** Predictions that wait for their label: counts by age, then the oldest. */
export function pendingView({ pending, by_age, oldest, as_of }: LabelsPending): string {
  if (pending === 0) return `no prediction up to ${as_of} waits for its label`;
  const counts = plainTable(
    [{ head: 'age' }, { head: 'pending', align: 'right' }],
    [...by_age.map((each) => [each.age, grouped(each.pending)]), ['total', grouped(pending)]],
  );
  const rows = oldest.map((each) => [
    each.prediction_id,
    each.timestamp.slice(0, 16).replace('T', ' '),
    each.age_days.toFixed(1),
    each.model_version ?? 'unscored',
    each.outcome === null ? '–' : String(each.outcome),
  ]);
  const heads = ['prediction_id', 'predicted', 'days', 'version', 'predicted as'];
  return [
    counts,
    '',
    `the oldest ${oldest.length}:`,
    plainTable(
      heads.map((head) => (head === 'days' ? { head, align: 'right' as const } : { head })),
      rows,
    ),
    'next: mlops labels template --to labels.csv, fill it in, mlops labels add labels.csv',
  ].join('\n');
}
