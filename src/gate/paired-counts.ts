import type { Labels } from '../data/classification-metrics.ts';
import type { ScoredModel } from './question.ts';

/** Who flags the rows of one class: both models, one of them alone, or neither. */
export interface FlaggedBy {
  readonly both: number;
  readonly champion: number;
  readonly challenger: number;
  readonly neither: number;
}

/** Everything that F1 of two models on the same rows depends on. */
export interface PairedCounts {
  readonly positives: FlaggedBy;
  readonly negatives: FlaggedBy;
}

/** @param rows indices of the rows to count; by default all */
export function pairedCounts(
  champion: ScoredModel,
  challenger: ScoredModel,
  labels: Labels,
  rows?: Uint32Array,
): PairedCounts {
  const flags = (model: ScoredModel, row: number) => (model.probabilities[row] ?? 0) >= model.threshold;
  // By label and who flags the row: neither, the champion, the challenger, both.
  const flagged = new Uint32Array(8);
  const size = rows?.length ?? labels.length;
  for (let place = 0; place < size; place++) {
    const row = rows?.[place] ?? place;
    const cell =
      (labels[row] === 1 ? 4 : 0) + (flags(champion, row) ? 1 : 0) + (flags(challenger, row) ? 2 : 0);
    flagged[cell] = (flagged[cell] ?? 0) + 1;
  }
  return { positives: flaggedBy(flagged.subarray(4)), negatives: flaggedBy(flagged.subarray(0, 4)) };
}

function flaggedBy([neither = 0, champion = 0, challenger = 0, both = 0]: Uint32Array): FlaggedBy {
  return { both, champion, challenger, neither };
}

export function sizeOf({ both, champion, challenger, neither }: FlaggedBy): number {
  return both + champion + challenger + neither;
}

/** F1 of both models, 0 where a model flags no positive row and there is none. */
export function f1OfBoth({ positives, negatives }: PairedCounts): {
  readonly champion: number;
  readonly challenger: number;
} {
  const f1 = (found: number, alarms: number) => {
    const of = sizeOf(positives) + found + alarms;
    return of === 0 ? 0 : (2 * found) / of;
  };
  return {
    champion: f1(positives.both + positives.champion, negatives.both + negatives.champion),
    challenger: f1(positives.both + positives.challenger, negatives.both + negatives.challenger),
  };
}
