import type { LearnedModel } from './learn.ts';

/** Fewer rows of an outcome than this move every figure by chance; scikit-learn's and LightGBM's leaves want 20 rows too. */
const fewest = 30;

/** Says where so few rows have an outcome that figures are mostly chance. */
export function fewOutcomes({
  rows,
  positives,
}: Pick<LearnedModel, 'rows' | 'positives'>): readonly string[] {
  const parts = [
    ['learned from', rows.train, positives.train],
    ['measured on', rows.validation, positives.validation],
  ] as const;
  return parts.flatMap(([what, all, ones]) => {
    const rarer = Math.min(ones, all - ones);
    if (rarer >= fewest) return [];
    const outcome = ones <= all - ones ? 1 : 0;
    return [
      `of the ${all} rows ${what}, ${rarer} ${rarer === 1 ? 'has' : 'have'} outcome ${outcome}: figures on so few move by chance`,
    ];
  });
}
