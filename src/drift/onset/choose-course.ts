import { type BlockSums, sumBlocks } from './block-sums.ts';
import type { Block } from './blocks.ts';
import {
  fitPulse,
  fitRamp,
  fitSeason,
  fitStep,
  isBelieved,
  type Pulse,
  type Ramp,
  type Season,
  veryStrong,
} from './fits.ts';

export type Course =
  | { readonly shape: 'sudden' }
  | { readonly shape: 'gradual'; readonly fit: Ramp }
  | { readonly shape: 'returning'; readonly fit: Pulse }
  | { readonly shape: 'seasonal'; readonly fit: Season };

/**
 * The course that the blocks' mean takes; undefined where it is constant as far as can be told.
 * @param blockLength milliseconds of a block; undefined of data without times, which have no seasons
 */
export function chooseCourse(sums: BlockSums, blockLength: number | undefined): Course | undefined {
  const step = fitStep(sums).criterion;
  const seasons = blockLength === undefined ? [] : (['weekday', 'hour'] as const);
  const pulse = fitPulse(sums);
  const others: readonly Exclude<Course, { readonly shape: 'sudden' }>[] = [
    { shape: 'gradual', fit: fitRamp(sums) },
    ...(pulse === undefined ? [] : [{ shape: 'returning' as const, fit: pulse }]),
    ...seasons.flatMap((period) => {
      const fit = fitSeason(sums, period, blockLength ?? 0);
      return fit === undefined ? [] : [{ shape: 'seasonal' as const, fit }];
    }),
  ];
  const best = others.reduce((least, each) => (each.fit.criterion < least.fit.criterion ? each : least));
  const taken = best.fit.criterion < step - veryStrong ? best : { shape: 'sudden' as const };
  return isBelieved(sums, { criterion: Math.min(step, best.fit.criterion) }) ? taken : undefined;
}

/** Whether the mean is believed to be higher from some block on. */
export function hasStep(blocks: readonly Block[]): boolean {
  const sums = sumBlocks(blocks);
  return isBelieved(sums, fitStep(sums));
}
