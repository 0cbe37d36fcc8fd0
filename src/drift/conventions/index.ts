import type { DriftConvention } from './convention.ts';
import { evidentlyConvention } from './evidently.ts';

export type { DriftConvention, MeasuredFeature } from './convention.ts';

export const driftConventions = { evidently: evidentlyConvention } as const satisfies Readonly<
  Record<string, DriftConvention>
>;
export const defaultConvention: DriftConvention = evidentlyConvention;
