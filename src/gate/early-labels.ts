import { minimumSegmentRows } from './criteria.ts';
import { newcombe } from './newcombe.ts';

interface Labels {
  readonly labelled: number;
  readonly positives: number;
}

/** Two-sided 99.9 %: it is asked every night, and of models that learn every week. */
const z = 3.2905267314919255;

/**
 * Whether labels that come early have another share of positives than those that come late, beyond chance: the 99.9 % interval of
 * the difference of the two shares (Newcombe 1998, method 10) leaves 0 out. False where a side has fewer than 30 labels.
 */
export function earlyLabelsDiffer(early: Labels, late: Labels): boolean {
  if (Math.min(early.labelled, late.labelled) < minimumSegmentRows) return false;
  const difference = newcombe(
    { hits: early.positives, of: early.labelled },
    { hits: late.positives, of: late.labelled },
    z,
  );
  return difference !== null && difference.low > 0;
}
