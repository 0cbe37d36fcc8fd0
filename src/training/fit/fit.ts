import type { BinnedFeature } from '../binned-feature.ts';
import { HistogramBuilder } from '../histogram.ts';
import { type BoostedRows, type FitMemory, fitMemory } from './fit-memory.ts';
import { TaskRunner } from './task-runner.ts';

/** Starts `helpWithFit` on the memory in another thread, which works until it is stopped. */
export type StartHelper = (memory: FitMemory) => { stop(): Promise<void> };

/** Fewer rows are learned from before another thread has started. */
const fewestRowsToHelp = 50_000;

/** What the trees of one model are grown with, one after another. */
export interface Fit {
  readonly features: readonly BinnedFeature[];
  readonly memory: FitMemory;
  readonly runner: TaskRunner;
  readonly histograms: HistogramBuilder;
}

/** @param boosted rows whose trees build on each other */
export function prepareFit(features: readonly BinnedFeature[], boosted?: BoostedRows): Fit {
  const memory = fitMemory(features, boosted);
  const runner = new TaskRunner(memory);
  return { features, memory, runner, histograms: new HistogramBuilder(memory, runner) };
}

/** Grows trees, with the help of another thread where there is one and the rows are many. */
export async function withHelper<T>(
  { memory }: Fit,
  startHelper: StartHelper | undefined,
  growTrees: () => Promise<T>,
): Promise<T> {
  const helper = memory.rows.length < fewestRowsToHelp ? undefined : startHelper?.(memory);
  try {
    return await growTrees();
  } finally {
    await helper?.stop();
  }
}
