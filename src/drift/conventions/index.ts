import type { DriftConvention } from './convention.ts';
import { evidentlyConvention } from './evidently.ts';
import { mlopsConvention } from './mlops.ts';

export type { DecisionRules, DriftConvention, MeasuredFeature } from './convention.ts';

export const driftConventions = {
  mlops: mlopsConvention,
  evidently: evidentlyConvention,
} as const satisfies Readonly<Record<string, DriftConvention>>;
export const defaultConvention: DriftConvention = mlopsConvention;
