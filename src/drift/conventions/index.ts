import type { DriftConventionName } from '../../platform/drift-test-names.ts';
import type { DriftConvention } from './convention.ts';
import { evidentlyConvention } from './evidently.ts';
import { mlopsConvention } from './mlops.ts';
import { nannymlConvention } from './nannyml.ts';

export type { DecisionRules, DriftConvention, MeasuredFeature } from './convention.ts';

export const driftConventions = {
  mlops: mlopsConvention,
  evidently: evidentlyConvention,
  nannyml: nannymlConvention,
} as const satisfies Readonly<Record<DriftConventionName, DriftConvention>>;
export const defaultConvention: DriftConvention = mlopsConvention;
