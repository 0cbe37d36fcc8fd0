import type { DataIssue } from '../../../data/results/quality.ts';
import type { Column } from '../../../data/table.ts';

/** One column of both sides with its rows in the order of the data, for what a profile no longer shows. */
export interface ColumnPair {
  readonly name: string;
  readonly reference: Column;
  readonly current: Column;
}

/** Looks at one column in row order for one kind of fault. */
export type OrderFinder = (pair: ColumnPair) => DataIssue | undefined;
