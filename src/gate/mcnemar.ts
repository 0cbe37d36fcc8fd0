import betainc from '@stdlib/math-base-special-betainc';

/**
 * Two-sided p-value of McNemar's exact test (McNemar 1947): the smaller of the two discordant counts under a binomial of
 * one half, doubled, at most 1; as statsmodels 0.15 `mcnemar(exact=True)`. 1 where no row is discordant.
 * @param onlyFirst rows that the first model alone decides rightly
 * @param onlySecond rows that the second model alone decides rightly
 */
export function mcnemarExact(onlyFirst: number, onlySecond: number): number {
  if (onlyFirst === onlySecond) return 1;
  const fewer = Math.min(onlyFirst, onlySecond);
  const more = Math.max(onlyFirst, onlySecond);
  // P(X <= k) of a binomial of n trials is the regularised incomplete beta function at (n - k, k + 1).
  return Math.min(1, 2 * betainc(0.5, more, fewer + 1));
}
