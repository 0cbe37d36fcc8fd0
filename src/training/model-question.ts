import type { Table } from '../data/table.ts';
import type { StartHelper } from './fit/fit.ts';
import type { BoostedTrees } from './tree.ts';

/** What every estimator learns from. */
export interface ModelQuestion {
  /** Numeric columns, rows in order of time. */
  readonly features: Table;
  /** 0 or 1, one a row. */
  readonly target: Float64Array;
  /** How much each row counts, at least 0; all the same where undefined. */
  readonly weights?: Float64Array | undefined;
  /** The same seed and data give the same model. */
  readonly seed: number;
  /** Looked at before each tree, or step. */
  readonly signal: AbortSignal;
  /** Trees to grow on from, by `treesToContinue`; only boosted trees can. */
  readonly continued?: BoostedTrees | undefined;
  /** The best trees so far are the model once `signal` is aborted, in place of an exception; only of boosted trees. */
  readonly keepsBest?: boolean | undefined;
  /** How to have a second thread for trees on many rows. The model is the same without. */
  readonly startHelper?: StartHelper | undefined;
}
