import { describe, expect, it, test } from 'vitest';
import { bcaInterval } from '../../src/gate/bca.ts';
import { accelerationOf, bootstrapF1, difference } from '../../src/gate/bootstrap-f1.ts';
import { drawBinomial } from '../../src/gate/draw-binomial.ts';
import { uniform } from './models.ts';

const counts = {
  positives: { both: 40, champion: 9, challenger: 16, neither: 35 },
  negatives: { both: 30, champion: 22, challenger: 18, neither: 1430 },
};

// scipy 1.17.1: stats.bootstrap((positives, negatives), difference of F1, method='BCa', rng=default_rng(7)): its first forty draws.
// biome-ignore format: a table of figures
const drawn = Float64Array.of(
  0.07211538461538458, 0.06261145234792942, 0.04711505633321955, 0.04284046495101779, 0.10557326378827392, 0.06501462829136556,
  -0.028092006033182515, 0.06828133552271481, 0.06252713851498043, 0.05377596583187727, 0.034371961273411356, 0.033357505438723734,
  0.06133952254641911, 0.0550084889643464, 0.08559782608695654, 0.012809143758005792, 0.02093095907528897, 0.09487369016044178,
  0.07132620438760884, 0.09596204372114375, 0.0546160319226906, 0.06163265306122445, 0.01937215544404247, 0.1022408963585435,
  0.08151325086149197, -0.01924388211228123, 0.07876654935478467, 0.037296037296037365, 0.06686687750817227, -0.025406218911818046,
  0.11259457053849575, 0.05073665261262972, 0.06001837297131779, 0.02328705776981632, 0.03673059448084559, 0.049871788162645814,
  0.08494371482176366, 0.08628005657708626, 0.06538778877887791, 0.02664040148210689,
);

describe('the BCa interval, from the same draws as scipy 1.17.1', () => {
  it('has its acceleration, by cells instead of by rows', () => {
    expect(difference(counts)).toBeCloseTo(0.061457418788410934, 12);
    expect(accelerationOf(counts)).toBeCloseTo(0.0018844349841301035, 12);
  });

  test.each([
    [0.025, -0.023447662964334957, 0.1076192338707132],
    [0.05, -0.002196130473131396, 0.10398205577088354],
  ])('has its ends with a chance of %s beyond either', (outside, low, high) => {
    const interval = bcaInterval(difference(counts), drawn, accelerationOf(counts), outside);
    expect(interval?.low).toBeCloseTo(low, 10);
    expect(interval?.high).toBeCloseTo(high, 10);
  });

  it('has none where every draw lies above the figure', () => {
    expect(bcaInterval(-1, drawn, 0, 0.025)).toBeNull();
  });
});

describe('the paired bootstrap of F1', () => {
  const asked = { draws: 20_000, outside: 0.025, seed: 3 };

  it('gives the interval that scipy gives from 20,000 draws of rows, and the same one for a seed', () => {
    const interval = bootstrapF1(counts, asked);
    // -0.01484 and 0.14010 there; an end moves by about 0.0012 from one seed to the next.
    expect(Math.abs((interval?.low ?? 1) - -0.014838794793593705)).toBeLessThan(0.004);
    expect(Math.abs((interval?.high ?? 1) - 0.14009966858744188)).toBeLessThan(0.004);
    expect(bootstrapF1(counts, asked)).toEqual(interval);
  });

  it('has none where the models decide every row alike', () => {
    const alike = {
      positives: { ...counts.positives, champion: 0, challenger: 0 },
      negatives: { ...counts.negatives, champion: 0, challenger: 0 },
    };
    expect(bootstrapF1(alike, asked)).toBeNull();
  });
});

describe('a binomial draw', () => {
  // By inversion, by rejection, and by either of the other side.
  test.each([
    [5, 0.3],
    [30, 0.5],
    [5000, 0.001],
    [1_000_000, 0.02],
    [40, 0.9],
    [300, 0.99],
  ])('of %i trials with chance %d has the mean, variance and skewness of the distribution', (of, chance) => {
    const random = uniform(of + 1);
    const times = 50_000;
    const variance = of * chance * (1 - chance);
    let [mean, square, cube] = [0, 0, 0];
    for (let time = 0; time < times; time++) {
      const value = (drawBinomial(of, chance, random) - of * chance) / Math.sqrt(variance);
      mean += value / times;
      square += value ** 2 / times;
      cube += value ** 3 / times;
    }
    const skewness = (1 - 2 * chance) / Math.sqrt(variance);
    // Five standard errors, the greatest of the fourth and sixth moments taken.
    expect(Math.abs(mean)).toBeLessThan(5 / Math.sqrt(times));
    expect(Math.abs(square - 1)).toBeLessThan(
      (5 * Math.sqrt(2 + skewness ** 2 + 1 / variance)) / Math.sqrt(times),
    );
    expect(Math.abs(cube - skewness)).toBeLessThan(
      (5 * Math.sqrt(15 + 60 * skewness ** 2)) / Math.sqrt(times),
    );
  });

  test('of no trial, or without or with certain success, is what it must be', () => {
    const random = uniform(1);
    expect([drawBinomial(0, 0.5, random), drawBinomial(9, 0, random), drawBinomial(9, 1, random)]).toEqual([
      0, 0, 9,
    ]);
  });
});
