import { parseIso } from '../../platform/clock.ts';
import { type Label, labelWriter, type Store } from '../../store/index.ts';
import type { Reject } from './rejects-file.ts';

/** A label as it came, every part a text; a part that is absent is empty. */
export interface LabelRow {
  /** Line or row of the input, from 1. */
  readonly place: number;
  readonly prediction_id: string;
  readonly true_label: string;
  readonly label_timestamp: string;
  readonly label_source: string;
}

export interface LabelTaker {
  /** Judges one label and stores it, or refuses it; a label that differs from the one known replaces it, and the old one is kept. */
  take(row: LabelRow): void;
  readonly counts: { added: number; corrected: number; unchanged: number; unmatched: number };
  readonly rejects: readonly Reject[];
}

const refusals = {
  older: 'a newer label of this prediction is known',
  contradiction: 'another label of the same time is known; give a correction a later label_timestamp',
} as const;

/**
 * Takes labels one after the other, inside a transaction.
 * @param now epoch milliseconds; a label cannot be later
 */
export function labelTaker(store: Store, now: number): LabelTaker {
  const writer = labelWriter(store);
  const rejects: Reject[] = [];
  const counts = { added: 0, corrected: 0, unchanged: 0, unmatched: 0 };
  return {
    take: (row) => {
      const predictedAt = writer.predictedAt(row.prediction_id);
      if (predictedAt === undefined) counts.unmatched++;
      const label = toLabel(row, predictedAt, now);
      if ('reason' in label) {
        rejects.push(label);
        return;
      }
      const outcome = writer.put(label, now);
      if (outcome === 'older' || outcome === 'contradiction')
        rejects.push({
          place: row.place,
          value: `${row.prediction_id}: ${row.true_label}`,
          reason: refusals[outcome],
        });
      else counts[outcome]++;
    },
    counts,
    rejects,
  };
}

function toLabel(row: LabelRow, predictedAt: number | undefined, now: number): Label | Reject {
  const reject = (value: string, reason: string): Reject => ({ place: row.place, value, reason });
  const time = parseIso(row.label_timestamp);
  if (row.prediction_id === '') return reject('', 'prediction_id is missing');
  if (predictedAt === undefined) return reject(row.prediction_id, 'no prediction has this id');
  if (row.true_label !== '0' && row.true_label !== '1')
    return reject(row.true_label, 'true_label is not 0 or 1');
  if (time === undefined) return reject(row.label_timestamp, 'label_timestamp is not ISO 8601 with its zone');
  if (time > now) return reject(row.label_timestamp, 'label_timestamp lies in the future');
  if (time < predictedAt) return reject(row.label_timestamp, 'label_timestamp lies before the prediction');
  return {
    prediction_id: row.prediction_id,
    true_label: Number(row.true_label),
    label_timestamp: time,
    label_source: row.label_source,
  };
}
