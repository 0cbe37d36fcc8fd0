import type { DataIssue } from '../../../data/results/quality.ts';
import type { FeaturePair } from '../feature-pair.ts';

/** Looks at one feature for one kind of fault. */
export type IssueFinder = (pair: FeaturePair) => DataIssue | undefined;

/** With fewer values on a side its distribution says too little. */
export const fewestValues = 50;

/** A fault that touches a smaller share of the rows than this is a matter for validation, not for monitoring. */
export const leastShare = 0.01;
