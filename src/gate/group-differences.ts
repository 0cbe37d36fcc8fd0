import erfcinv from '@stdlib/math-base-special-erfcinv';
import type { Labels } from '../data/classification-metrics.ts';
import type { Interval } from '../data/delong.ts';
import type { GateGroupColumn } from '../data/results/gate.ts';
import { minimumSegmentRows } from './criteria.ts';
import { newcombe, type Share } from './newcombe.ts';
import type { ScoredModel, Segment } from './question.ts';
import { wilsonInterval } from './wilson.ts';

/** The groups that one protected column makes of the labelled rows. */
export interface ProtectedColumn {
  readonly column: string;
  readonly groups: readonly Segment[];
}

/** Chance beyond the ends of the intervals together. */
const alpha = 0.05;

/**
 * How differently each model treats the groups of a protected column, as fairlearn 0.13 defines it: demographic parity
 * difference is the greatest less the smallest share of rows called positive, equal opportunity difference the same of the
 * shares of the positive rows found. Groups of fewer than 30 rows (for equal opportunity: positive rows) are told and left out of
 * the differences: their shares are noise, and the greatest of many noisy differences grows with their number.
 *
 * The 95 % interval holds for the greatest of all pairs at once: each pair has Newcombe's interval of the difference of two
 * independent shares (Newcombe 1998, method 10) at 5 % divided by the number of pairs (Bonferroni).
 */
export function groupDifferences(
  models: { readonly champion: ScoredModel | null; readonly challenger: ScoredModel },
  labels: Labels,
  { column, groups }: ProtectedColumn,
): GateGroupColumn {
  const { champion, challenger } = models;
  const counted = groups.map(({ name, rows }) => ({
    name,
    rows: rows.length,
    positives: rows.filter((row) => labels[row] === 1).length,
    champion: champion === null ? null : sharesOf(champion, labels, rows),
    challenger: sharesOf(challenger, labels, rows),
  }));
  const ofChampion = counted.flatMap((each) => (each.champion === null ? [] : [each.champion]));
  return {
    column,
    groups: counted.map((each) => ({
      ...each,
      champion: each.champion === null ? null : ratesOf(each.champion),
      challenger: ratesOf(each.challenger),
    })),
    champion: champion === null ? null : differencesOf(ofChampion),
    challenger: differencesOf(counted.map((each) => each.challenger)),
  };
}

interface Shares {
  readonly selected: Share;
  readonly found: Share;
}

function sharesOf({ probabilities, threshold }: ScoredModel, labels: Labels, rows: Uint32Array): Shares {
  let selected = 0;
  let positives = 0;
  let found = 0;
  for (const row of rows) {
    const flagged = (probabilities[row] ?? 0) >= threshold;
    if (flagged) selected++;
    if (labels[row] !== 1) continue;
    positives++;
    if (flagged) found++;
  }
  return { selected: { hits: selected, of: rows.length }, found: { hits: found, of: positives } };
}

function ratesOf({ selected, found }: Shares): GateGroupColumn['groups'][number]['challenger'] {
  return {
    selection_rate: wilsonInterval(selected.hits, selected.of),
    true_positive_rate: wilsonInterval(found.hits, found.of),
  };
}

function differencesOf(groups: readonly Shares[]): GateGroupColumn['challenger'] {
  return {
    demographic_parity_difference: greatestDifference(groups.map(({ selected }) => selected)),
    equal_opportunity_difference: greatestDifference(groups.map(({ found }) => found)),
  };
}

/** Greatest less smallest share; null where fewer than two groups have rows enough. */
function greatestDifference(shares: readonly Share[]): Interval | null {
  const judged = shares.filter((share) => share.of >= minimumSegmentRows);
  const pairs = judged.flatMap((first, index) =>
    judged.slice(index + 1).map((second) => [first, second] as const),
  );
  const z = Math.SQRT2 * erfcinv(alpha / pairs.length);
  const intervals = pairs.flatMap(([first, second]) => newcombe(first, second, z) ?? []);
  if (intervals.length === 0) return null;
  return {
    value: Math.max(...intervals.map(({ value }) => value)),
    low: Math.max(...intervals.map(({ low }) => low)),
    high: Math.max(...intervals.map(({ high }) => high)),
  };
}
