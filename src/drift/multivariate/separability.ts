import { rocAucInterval } from '../../data/delong.ts';
import type { NumericColumn } from '../../data/table.ts';
import { tellSidesApart } from './domain-classifier.ts';

/** How well boosted trees tell the rows of the two sides apart. */
export interface Separability {
  /** Area under the ROC curve over the rows that each model had not seen: 0.5 tells nothing apart, 1 everything. */
  readonly rocAuc: number;
  /** Its 95 % interval by DeLong's variance. */
  readonly interval: readonly [number, number];
  /** The two differ by enough to matter and by more than sampling explains. */
  readonly drifted: boolean;
  /** Part of the trees' gain that each column has, 0..1, most first; those without any are left out. */
  readonly columns: readonly { readonly name: string; readonly share: number }[];
  /** Chance of being of the current side, by the model that had not seen the row: the reference's rows, then the current's. */
  readonly heldOut: Float64Array;
}

/** Below this the two are hard to tell apart even where rows enough prove that they differ. */
const leastAuc = 0.55;

/**
 * Domain classifier: trees learn which side a row is of, and are judged on rows that they did not see (five folds, stratified
 * by side), as NannyML 0.13.1 does with LightGBM. Of 1,000 pairs of samples from one population at most 25 are called
 * drifted, because the interval's low end has to lie above 0.5; and AUC has to be 0.55 at least, so that a million rows do
 * not make an alarm of a difference that no model feels.
 * @param columns numeric, the same of both sides
 * @returns null where a side has fewer than ten rows, or there is no column
 */
export async function separability(
  reference: readonly NumericColumn[],
  current: readonly NumericColumn[],
  seed: number,
  signal: AbortSignal,
): Promise<Separability | null> {
  const told = await tellSidesApart(reference, current, seed, signal);
  if (told === null) return null;
  const auc = rocAucInterval(told.probabilities, told.isCurrent);
  if (auc === null) return null;
  return {
    rocAuc: auc.value,
    interval: [auc.low, auc.high],
    drifted: isTold(auc),
    columns: shares(told.gains),
    heldOut: told.probabilities,
  };
}

/** Whether that much of an area, and so surely, tells two sides apart. */
export function isTold({ value, low }: { readonly value: number; readonly low: number }): boolean {
  return low > 0.5 && value >= leastAuc;
}

function shares(gains: ReadonlyMap<string, number>): Separability['columns'] {
  const all = [...gains.values()].reduce((sum, gain) => sum + gain, 0);
  return [...gains].map(([name, gain]) => ({ name, share: gain / all })).sort((a, b) => b.share - a.share);
}
