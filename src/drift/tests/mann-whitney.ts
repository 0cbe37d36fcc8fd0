import erfc from '@stdlib/math-base-special-erfc';
import type { Samples } from '../samples.ts';
import { type DriftTest, NotDefinedError, pValue, pValueThreshold } from './drift-test.ts';

const shared = {
  kind: 'p_value',
  takes: ['numerical'],
  threshold: pValueThreshold,
  inclusive: false,
} as const;

export const mannWhitneyTest = {
  ...shared,
  name: 'mannw',
  description: 'The Mann-Whitney U test, two-sided: whether either side tends to larger values: numbers.',
  measure: (samples) => {
    const ranked = rankSides(samples);
    return pValue(Math.min(1, 2 * survival(Math.max(ranked.reference, ranked.current), ranked)));
  },
} as const satisfies DriftTest;

export const evidentlyMannWhitneyTest = {
  ...shared,
  name: 'evidently:mannw',
  description: "Evidently's Mann-Whitney U test, one-sided: small only where the current values are larger.",
  measure: (samples) => {
    const ranked = rankSides(samples);
    return pValue(survival(ranked.current, ranked));
  },
} as const satisfies DriftTest;

/** Up to so many values on one side, without ties, the distribution is counted out. */
const fewValues = 8;

interface RankedSides {
  readonly n: number;
  readonly m: number;
  /** U of each side: how many pairs its value is the larger one of, ties as a half. */
  readonly reference: number;
  readonly current: number;
  /** Sum of t^3 - t over the groups of t equal values. */
  readonly ties: number;
}

function rankSides({ tallies, referenceSize: n, currentSize: m }: Samples): RankedSides {
  const { values, reference, current } = tallies();
  let before = 0;
  let rankSum = 0;
  let ties = 0;
  for (let index = 0; index < values.length; index++) {
    const first = reference[index] ?? 0;
    const group = first + (current[index] ?? 0);
    rankSum += first * (before + (group + 1) / 2);
    ties += group ** 3 - group;
    before += group;
  }
  const larger = rankSum - (n * (n + 1)) / 2;
  return { n, m, reference: larger, current: n * m - larger, ties };
}

/** Chance of a U at least so large, as scipy 1.17 `mannwhitneyu(method='auto')`. @throws NotDefinedError for a single value */
function survival(u: number, { n, m, ties }: RankedSides): number {
  if (ties === 0 && Math.min(n, m) <= fewValues) return countedSurvival(u, n, m);
  const all = n + m;
  const variance = ((n * m) / 12) * (all + 1 - ties / (all * (all - 1)));
  if (variance <= 0) throw new NotDefinedError('there is a single value on both sides');
  return erfc((u - (n * m) / 2 - 0.5) / Math.sqrt(2 * variance)) / 2;
}

/** By the Gaussian binomial coefficient whose powers count the arrangements by their U (Loeffler 1983). */
function countedSurvival(u: number, n: number, m: number): number {
  const atMost = n * m - u;
  const inUpperHalf = atMost * 2 < n * m;
  const last = inUpperHalf ? atMost : u - 1;
  const ways = new Float64Array(last + 1);
  if (last >= 0) ways[0] = 1;
  let all = 1;
  const fewer = Math.min(n, m);
  const more = Math.max(n, m);
  for (let factor = 1; factor <= fewer; factor++) {
    all *= (more + factor) / factor;
    for (let power = last; power >= more + factor; power--)
      ways[power] = (ways[power] ?? 0) - (ways[power - more - factor] ?? 0);
    for (let power = factor; power <= last; power++)
      ways[power] = (ways[power] ?? 0) + (ways[power - factor] ?? 0);
  }
  const share = ways.reduce((sum, count) => sum + count, 0) / all;
  return inUpperHalf ? share : 1 - share;
}
