import { type Table, takeRows } from '../../data/index.ts';
import { compareMembership } from '../../drift/index.ts';
import type { LabelSelection, SegmentFeature } from '../../gate/index.ts';

/** Of either side, evenly spaced in time: telling them apart costs a second for so many. */
const mostRows = 4000;
const toldColumns = 3;
/** Rows that hardly ever get a label would outweigh all others: heavier ones weigh as the one at this share. */
const heaviest = 0.99;
const seed = 1;

/**
 * Whether the labelled rows are like the unlabelled ones of the same time, by the domain classifier of the drift tests; where they
 * are not, the inverse of each labelled row's chance of having a label, from models that did not see the row.
 * @returns null where a side has too few rows to tell
 */
export async function labelSelection(
  labelled: Table,
  unlabelled: Table,
  features: readonly SegmentFeature[],
  signal: AbortSignal,
): Promise<LabelSelection | null> {
  if (labelled.rows === 0 || unlabelled.rows === 0) return null;
  const chosen = [spaced(labelled.rows), spaced(unlabelled.rows)] as const;
  const apart = await compareMembership(
    takeRows(labelled, chosen[0]),
    takeRows(unlabelled, chosen[1]),
    features.filter(({ type }) => type === 'numerical' || type === 'categorical'),
    seed,
    signal,
  );
  if (apart === null) return null;
  const [low, high] = apart.interval;
  return {
    found: {
      labelled_rows: labelled.rows,
      unlabelled_rows: unlabelled.rows,
      roc_auc: apart.rocAuc,
      interval: { low, high },
      differ: apart.drifted,
      columns: apart.columns.slice(0, toldColumns).map(({ name, share }) => ({ name, share })),
    },
    weights: apart.drifted
      ? weightsOf(labelled.rows, chosen[0], apart.heldOut, unlabelled.rows / chosen[1].length)
      : null,
  };
}

/** @param standFor how many unlabelled rows each one looked at stands for */
function weightsOf(rows: number, chosen: Uint32Array, heldOut: Float64Array, standFor: number): Float64Array {
  const sampled = rows / chosen.length;
  const odds = Float64Array.from(chosen, (_, index) => {
    const unlabelled = heldOut[index] ?? 0;
    return (unlabelled / (1 - unlabelled)) * (standFor / sampled);
  });
  const sorted = odds.toSorted();
  const most = sorted[Math.ceil(heaviest * sorted.length) - 1] ?? 0;
  const weights = new Float64Array(rows);
  for (const [index, row] of chosen.entries()) weights[row] = 1 + Math.min(most, odds[index] ?? 0);
  return weights;
}

function spaced(rows: number): Uint32Array {
  const step = Math.max(1, rows / mostRows);
  return Uint32Array.from({ length: Math.floor(rows / step) }, (_, index) => Math.floor(index * step));
}
