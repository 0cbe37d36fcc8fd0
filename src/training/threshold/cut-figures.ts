import type { ConfusionCounts } from '../../data/classification-metrics.ts';

/** What one wrong decision costs, in any one unit. */
export interface DecisionCosts {
  readonly falsePositive: number;
  readonly falseNegative: number;
}

/** Costs are told for so many decisions. */
const decisions = 1000;

/** Rows from the threshold on. */
export function taken({ truePositives, falsePositives }: ConfusionCounts): number {
  return truePositives + falsePositives;
}

/** 0 where no row is taken. */
export function precisionOf(counts: ConfusionCounts): number {
  return taken(counts) === 0 ? 0 : counts.truePositives / taken(counts);
}

/** 0 where no row has outcome 1. */
export function recallOf({ truePositives, falseNegatives }: ConfusionCounts): number {
  return truePositives === 0 ? 0 : truePositives / (truePositives + falseNegatives);
}

/** Share of rows below the threshold. */
export function approvalRateOf(counts: ConfusionCounts): number {
  const below = counts.falseNegatives + counts.trueNegatives;
  return below / (below + taken(counts));
}

/** Of 1,000 decisions, in the unit of the costs. */
export function costOf(counts: ConfusionCounts, { falsePositive, falseNegative }: DecisionCosts): number {
  const rows = taken(counts) + counts.falseNegatives + counts.trueNegatives;
  const total = counts.falsePositives * falsePositive + counts.falseNegatives * falseNegative;
  return (decisions * total) / rows;
}
