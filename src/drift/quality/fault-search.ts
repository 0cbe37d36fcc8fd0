import type { DataIssue } from '../../data/results/quality.ts';
import type { ComparedRows } from '../measure-drift.ts';
import { ExchangedColumns } from './across/exchanged-columns.ts';
import { RepeatedRows } from './across/repeated-rows.ts';
import type { FeaturePair } from './feature-pair.ts';
import { clipped } from './issues/clipped.ts';
import { constant } from './issues/constant.ts';
import { encoding } from './issues/encoding.ts';
import type { IssueFinder } from './issues/issue-finder.ts';
import { missingJump } from './issues/missing-jump.ts';
import { partUnitChange } from './issues/part-unit-change.ts';
import { rangeBreak } from './issues/range-break.ts';
import { rounded } from './issues/rounded.ts';
import { rowNumber } from './issues/row-number.ts';
import { sentinel } from './issues/sentinel.ts';
import { typeBreak } from './issues/type-break.ts';
import { unitChange } from './issues/unit-change.ts';
import { unseenCategory } from './issues/unseen-category.ts';
import type { ColumnPair } from './row-order/column-pair.ts';
import { frozen } from './row-order/frozen.ts';

/** In order of what explains more; of these a feature shows the first alone. To add one: its file, and its entry here. */
const valueFaults: readonly IssueFinder[] = [
  typeBreak,
  constant,
  rowNumber,
  unitChange,
  partUnitChange,
  rounded,
  sentinel,
  clipped,
  rangeBreak,
  encoding,
  unseenCategory,
];

/**
 * Looks for faults feature by feature, so that only one feature's columns need be in memory: kept are the findings, eight bytes a
 * row, and a thinned copy of the features that went far from themselves.
 */
export class FaultSearch {
  readonly #ofValues: DataIssue[] = [];
  readonly #others: DataIssue[] = [];
  readonly #exchanged = new ExchangedColumns();
  readonly #rows: RepeatedRows;

  constructor(rows: ComparedRows) {
    this.#rows = new RepeatedRows(rows);
  }

  examine(pair: FeaturePair, columns: ColumnPair): void {
    this.#rows.add(pair, columns);
    this.#exchanged.add(pair);
    const fault = firstOf(valueFaults, pair);
    if (fault !== undefined) this.#ofValues.push(fault);
    const beside = [missingJump(pair), frozen(columns)];
    this.#others.push(...beside.filter((issue) => issue !== undefined));
  }

  /** Surest first. Columns that were exchanged show nothing else of their values. */
  conclude(): readonly DataIssue[] {
    const exchanged = this.#exchanged.conclude();
    const names = new Set(exchanged.map(({ feature }) => feature));
    const repeated = this.#rows.conclude();
    return [
      ...exchanged,
      ...this.#ofValues.filter(({ feature }) => !names.has(feature)),
      ...this.#others,
      ...(repeated === undefined ? [] : [repeated]),
    ].sort((a, b) => b.confidence - a.confidence);
  }
}

function firstOf(finders: readonly IssueFinder[], pair: FeaturePair): DataIssue | undefined {
  for (const finder of finders) {
    const issue = finder(pair);
    if (issue !== undefined) return issue;
  }
  return undefined;
}
