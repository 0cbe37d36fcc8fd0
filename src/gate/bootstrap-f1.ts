import { randomFrom } from '../training/random.ts';
import { bcaInterval } from './bca.ts';
import { drawBinomial } from './draw-binomial.ts';
import { type FlaggedBy, f1OfBoth, type PairedCounts, sizeOf } from './paired-counts.ts';

const cells = ['both', 'champion', 'challenger', 'neither'] as const;
const classes = ['positives', 'negatives'] as const;

/**
 * 95 % interval of the difference of F1, challenger less champion, by the paired bootstrap, stratified by class: rows are drawn
 * with replacement within positives and within negatives, both models' decisions on a row together.
 *
 * F1 depends on a row by its class and by who flags it alone. So a resample is two multinomial draws of four cells, and the
 * jackknife leaves out one row of each cell: the work does not grow with the rows.
 * @returns null where the models decide no row differently
 */
export function bootstrapF1(
  counts: PairedCounts,
  { draws, outside, seed }: { readonly draws: number; readonly outside: number; readonly seed: number },
): { readonly low: number; readonly high: number } | null {
  const random = randomFrom(seed);
  const drawn = Float64Array.from({ length: draws }, () =>
    difference({
      positives: resample(counts.positives, random),
      negatives: resample(counts.negatives, random),
    }),
  );
  return bcaInterval(difference(counts), drawn, accelerationOf(counts), outside);
}

export function difference(counts: PairedCounts): number {
  const { champion, challenger } = f1OfBoth(counts);
  return challenger - champion;
}

function resample(rows: FlaggedBy, random: () => number): FlaggedBy {
  const size = sizeOf(rows);
  const both = drawBinomial(size, rows.both / size, random);
  const champion = drawBinomial(size - both, rows.champion / (size - rows.both), random);
  const challenger = drawBinomial(
    size - both - champion,
    rows.challenger / (rows.challenger + rows.neither),
    random,
  );
  return { both, champion, challenger, neither: size - both - champion - challenger };
}

/** Of several samples, as scipy has it (Davison and Hinkley 1997): not a number where no row matters. */
export function accelerationOf(counts: PairedCounts): number {
  let cubes = 0;
  let squares = 0;
  for (const label of classes) {
    const rows = counts[label];
    const size = sizeOf(rows);
    const left = cells
      .filter((cell) => rows[cell] > 0)
      .map((cell) => ({
        times: rows[cell],
        figure: difference({ ...counts, [label]: { ...rows, [cell]: rows[cell] - 1 } }),
      }));
    const mean = left.reduce((sum, { times, figure }) => sum + times * figure, 0) / size;
    for (const { times, figure } of left) {
      const influence = ((size - 1) * (mean - figure)) / size;
      cubes += times * influence ** 3;
      squares += times * influence ** 2;
    }
  }
  return cubes / (6 * squares ** 1.5);
}
