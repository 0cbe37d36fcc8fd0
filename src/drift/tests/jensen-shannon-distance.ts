import { type Counts, shares } from './binning.ts';

/** Square root of the Jensen-Shannon divergence with natural logarithm, 0 to 0.8326; neither side without rows. */
export function jensenShannonDistance(counts: Counts): number {
  const current = shares(counts.current);
  const divergence = shares(counts.reference).reduce(
    (sum, share, index) => sum + divergencePart(share, current[index] ?? 0),
    0,
  );
  return Math.sqrt(Math.max(0, divergence));
}

/** What a value with these shares of the two sides adds to the divergence. */
export function divergencePart(p: number, q: number): number {
  const middle = (p + q) / 2;
  return (relativeEntropy(p, middle) + relativeEntropy(q, middle)) / 2;
}

function relativeEntropy(share: number, middle: number): number {
  return share === 0 ? 0 : share * Math.log(share / middle);
}
