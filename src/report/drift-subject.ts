import type { PastRuns } from '../data/results/drift-history.ts';

/** What a drift result is about, for the head of a report. */
export interface DriftSubject {
  readonly referenceName: string;
  readonly currentName: string;
  /** Epoch milliseconds. */
  readonly generatedAt: number;
  /** The monitoring runs up to this result; absent for bare files. */
  readonly past?: PastRuns;
}
