import type { MultivariateDrift } from '../../data/results/drift.ts';
import { quantile } from '../../data/sorted-numbers.ts';
import { randomFrom } from '../../training/random.ts';
import type { EncodedFeature } from './encode-features.ts';
import { meanDifference, type Vectors } from './mean-difference.ts';
import { type PooledRanks, pooledRanks } from './pooled-ranks.ts';

/** Frequencies drawn; each gives a cosine and a sine. */
const frequencies = 64;
/** Pairs of rows whose median distance is the kernel's width. */
const pairs = 1_000;
const chance = 0.01;

/**
 * Maximum mean discrepancy with a Gaussian kernel (Gretton et al. 2012) in time linear in the rows, by random Fourier features
 * (Rahimi and Recht 2007): the distance of the two means of cosines and sines at 64 frequencies drawn from the kernel's spectrum.
 *
 * Each feature is taken by its midrank among both sides, 0..1, so that neither units nor outliers own the distance; a missing
 * value lies in the middle. The kernel's width is the median distance of a thousand pairs of rows of both sides together.
 * @returns null without a feature, without rows, or where all rows are alike
 */
export function meanDiscrepancy(features: readonly EncodedFeature[], seed: number): MultivariateDrift['mmd'] {
  const ranked = features.map((feature) => pooledRanks(feature.reference, feature.current));
  const random = randomFrom(seed);
  const width = medianDistance(ranked, random);
  if (!(width > 0)) return null;
  const normal = standardNormal(random);
  const waves = Array.from({ length: frequencies }, () =>
    Float64Array.from({ length: ranked.length }, () => normal() / width),
  );
  const { distance, pValue } = meanDifference(
    fourierFeatures(
      ranked.map(({ reference }) => reference),
      waves,
    ),
    fourierFeatures(
      ranked.map(({ current }) => current),
      waves,
    ),
  );
  return { score: distance, p_value: pValue, random_features: 2 * frequencies, drifted: pValue < chance };
}

/** Not a number where a side has no rows. */
function medianDistance(features: readonly PooledRanks[], random: () => number): number {
  const before = features[0]?.reference.length ?? 0;
  const rows = before + (features[0]?.current.length ?? 0);
  const at = ({ reference, current }: PooledRanks, row: number) =>
    (row < before ? reference[row] : current[row - before]) ?? Number.NaN;
  const distances = Float64Array.from({ length: pairs }, () => {
    const first = Math.floor(random() * rows);
    const second = Math.floor(random() * rows);
    return Math.sqrt(
      features.reduce((sum, feature) => sum + (at(feature, first) - at(feature, second)) ** 2, 0),
    );
  });
  return quantile(distances.sort(), 0.5);
}

/** Box and Muller 1958. */
function standardNormal(random: () => number): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Cosine and sine of each wave, scaled so that the inner product of two rows is the kernel's value. */
function fourierFeatures(columns: readonly Float64Array[], waves: readonly Float64Array[]): Vectors {
  const rows = columns[0]?.length ?? 0;
  const width = 2 * waves.length;
  const values = new Float64Array(rows * width);
  const scale = 1 / Math.sqrt(waves.length);
  for (let row = 0; row < rows; row++) {
    for (const [index, wave] of waves.entries()) {
      let phase = 0;
      for (const [place, column] of columns.entries()) phase += (wave[place] ?? 0) * (column[row] ?? 0);
      values[row * width + 2 * index] = scale * Math.cos(phase);
      values[row * width + 2 * index + 1] = scale * Math.sin(phase);
    }
  }
  return { rows, width, values };
}
