import type { DataIssue } from '../../../data/results/quality.ts';
import { type FeatureProfile, presentRows } from '../../feature-profile.ts';
import { percent } from '../../in-words.ts';
import type { ComparedRows } from '../../measure-drift.ts';
import type { FeaturePair } from '../feature-pair.ts';
import { fewestValues, leastShare } from '../issues/issue-finder.ts';
import type { ColumnPair } from '../row-order/column-pair.ts';
import { RowHashes } from './row-hashes.ts';

/** Counts of pairs are trusted to this many of their deviations, and to as many rows more. */
const deviations = 6;
const slack = 10;
/** Features are never quite independent: rows meet their like so many times as often as if they were. */
const dependence = 10;
/** From this share of the rows on repetition is beyond doubt. */
const many = 0.05;

/**
 * Rows that are in every feature the same as one before, far more of them than the reference explains.
 *
 * In larger samples more rows meet their like: expected are the reference's equal pairs, taken to the current number of pairs, or
 * those of independent features where that is more, because a reference is often freed of duplicates.
 */
export class RepeatedRows {
  readonly #reference: RowHashes;
  readonly #current: RowHashes;
  /** Chance that two current rows are equal, were the features independent. */
  #coincidence = 1;

  constructor(rows: ComparedRows) {
    this.#reference = new RowHashes(rows.reference);
    this.#current = new RowHashes(rows.current);
  }

  add(pair: FeaturePair, columns: ColumnPair): void {
    this.#reference.add(columns.reference);
    this.#current.add(columns.current);
    this.#coincidence *= chanceOfSameValue(pair.current);
  }

  conclude(): DataIssue | undefined {
    const after = repeated(this.#current);
    if (after.rows < fewestValues || after.repeated < leastShare * after.rows) return undefined;
    const before = repeated(this.#reference);
    if (before.rows < fewestValues) return undefined;
    const pairs = (rows: number) => (rows * (rows - 1)) / 2;
    const rate = Math.max((before.pairs + 1) / pairs(before.rows), dependence * this.#coincidence);
    const expected = Math.min(after.rows, rate * pairs(after.rows));
    const excess = after.repeated - expected;
    if (excess < Math.max(leastShare * after.rows, deviations * Math.sqrt(expected) + slack))
      return undefined;
    return {
      kind: 'duplicate_rows',
      feature: null,
      rows: after.repeated,
      example: null,
      confidence: excess >= many * after.rows ? 0.9 : 0.6,
      sentence: `${percent(after.repeated / after.rows)} of the rows repeat another one in every feature, ${percent(before.repeated / before.rows)} in the reference: rows were sent twice or joined too often`,
    };
  }
}

function repeated(hashes: RowHashes) {
  const sorted = hashes.sorted();
  let rows = 0;
  let pairs = 0;
  for (let row = 1, alike = 0; row < sorted.length; row++) {
    alike = sorted[row] === sorted[row - 1] ? alike + 1 : 0;
    pairs += alike;
    if (alike > 0) rows++;
  }
  return { rows: sorted.length, repeated: rows, pairs };
}

/** That two rows have the same value, or both none. */
function chanceOfSameValue(profile: FeatureProfile): number {
  let pairs = (profile.rows - presentRows(profile)) ** 2;
  if (profile.kind === 'text') {
    for (const count of profile.counts) pairs += count ** 2;
    return pairs / profile.rows ** 2;
  }
  const { sorted } = profile;
  for (let from = 0, until = 0; from < sorted.length; from = until) {
    while (until < sorted.length && sorted[until] === sorted[from]) until++;
    pairs += (until - from) ** 2;
  }
  return pairs / profile.rows ** 2;
}
