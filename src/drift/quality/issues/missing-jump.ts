import { percent } from '../../in-words.ts';
import { missingValues } from '../feature-quality.ts';
import type { IssueFinder } from './issue-finder.ts';

/** Many more values are missing than in the reference; or, less surely a fault, many fewer: something fills them in. */
export const missingJump: IssueFinder = (pair) => {
  const { reference, current, jumped } = missingValues(pair);
  if (!jumped) return undefined;
  return {
    kind: 'missing_jump',
    feature: pair.feature.name,
    rows: pair.counts.current.missing,
    example: null,
    confidence: current > reference ? 0.9 : 0.6,
    sentence: `${pair.feature.name} is missing in ${percent(current)} of the rows, ${percent(reference)} in the reference`,
  };
};
