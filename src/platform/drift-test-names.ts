/** Known to mlops.yaml and to results alike, so they stand below both. */
/** Drift tests of our own and, under a peer's name, its number where ours does better. */
export const driftTestNames = [
  'robust_wasserstein',
  'wasserstein',
  'jensenshannon',
  'kl_div',
  'psi',
  'hellinger',
  'ed',
  'TVD',
  'ks',
  'anderson',
  'cramer_von_mises',
  'mannw',
  't_test',
  'es',
  'chisquare',
  'g_test',
  'z',
  'fisher_exact',
  'empirical_mmd',
  'cosine_mmd',
  'text_domain',
  'evidently:chisquare',
  'evidently:mannw',
  'evidently:g_test',
  'evidently:fisher_exact',
  'evidently:z',
  'nannyml:jensen_shannon',
  'nannyml:kolmogorov_smirnov',
  'nannyml:hellinger',
  'nannyml:wasserstein',
  'nannyml:chi2',
  'nannyml:l_infinity',
] as const;

export type DriftTestName = (typeof driftTestNames)[number];

/** Whose rules choose tests and decide: ours, or a peer's exactly. */
export const driftConventionNames = ['mlops', 'evidently', 'nannyml'] as const;

export type DriftConventionName = (typeof driftConventionNames)[number];

/** What a window of data is compared with: the reference, the window before it, or the same one of the week before. */
export const comparisonBases = ['reference', 'previous', 'week_before'] as const;
