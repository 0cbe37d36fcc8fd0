import { describe, expect, test } from 'vitest';
import { anytimeEvidence } from '../../src/gate/anytime-evidence.ts';
import type { ScoredModel } from '../../src/gate/index.ts';
import { f1OfBoth, pairedCounts } from '../../src/gate/paired-counts.ts';
import { pairedScores } from '../../src/gate/paired-scores.ts';
import { uniform } from './models.ts';

// A smaller run of `npm run bench gate`, on rows that are made here: one in twelve positive, as in credit data.

const allowed = 0.05;
const nights = 30;
const rows = 1_000;
const champions = 200;
/** A share of 200 beyond it has a chance of one in a thousand where the truth is 5 %. */
const mostOfChampions = 0.1;

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
}

interface Population {
  readonly risk: Float64Array;
  readonly labels: Uint8Array;
}

function populationOf(size: number, random: () => number): Population {
  const risk = Float64Array.from({ length: size }, () => -3.4 + 1.5 * normal(random));
  return { risk, labels: Uint8Array.from(risk, (value) => (random() < 1 / (1 + Math.exp(-value)) ? 1 : 0)) };
}

/** A model that knows the risk up to a noise of its own. */
function model({ risk }: Population, version: string, noise: number, random: () => number): ScoredModel {
  const probabilities = risk.map((value) => 1 / (1 + Math.exp(-(value + noise * normal(random)))));
  return { version, threshold: 0.22, probabilities };
}

function until({ version, threshold, probabilities }: ScoredModel, end: number): ScoredModel {
  return { version, threshold, probabilities: probabilities.subarray(0, end) };
}

function look(champion: ScoredModel, challenger: ScoredModel, labels: Uint8Array, end: number) {
  const models = [until(champion, end), until(challenger, end)] as const;
  const seen = labels.subarray(0, end);
  const counts = pairedCounts(...models, seen);
  const f1 = f1OfBoth(counts);
  return {
    figures: f1.challenger >= 1.02 * f1.champion,
    logarithm: anytimeEvidence(counts, pairedScores(...models, seen)).logarithm,
  };
}

const enough = (logarithm: number, challenger: number) =>
  logarithm >= Math.log((challenger * (challenger + 1)) / allowed);
const rowsOf = (night: number) => Math.round(200 + (night * (rows - 200)) / (nights - 1));

describe(`of ${champions} champions whose challengers are no better`, () => {
  const random = uniform(20261125);
  const populations = Array.from({ length: champions }, () => populationOf(rows, random));
  const byNight = Array.from({ length: nights }, (_, night) => night);
  const shareOf = (holds: (population: Population) => boolean) =>
    populations.filter(holds).length / champions;

  test('most see one that improves F1 by 2 % within 30 nights, and at most 5 % lose their place to one challenger', () => {
    let figures = 0;
    const lost = shareOf((population) => {
      const [champion, challenger] = [
        model(population, '1', 0.6, random),
        model(population, '2', 0.6, random),
      ];
      const looks = byNight.map((night) => look(champion, challenger, population.labels, rowsOf(night)));
      figures += Number(looks.some((each) => each.figures));
      return looks.some(({ logarithm }) => enough(logarithm, 1));
    });
    expect(figures / champions).toBeGreaterThan(0.5);
    expect(lost).toBeLessThan(mostOfChampions / 2);
  });

  test('at most 5 % lose their place to any of 30 challengers, a new one every night', () => {
    const lost = shareOf((population) => {
      const champion = model(population, '1', 0.6, random);
      return byNight.some((night) => {
        const challenger = model(population, String(night + 2), 0.6, random);
        return enough(look(champion, challenger, population.labels, rowsOf(night)).logarithm, night + 1);
      });
    });
    expect(lost).toBeLessThan(mostOfChampions);
  });

  test('also where a challenger gains on most rows what it loses on few: lower answers, the same expected log loss', () => {
    // 0.5 above the true risk and 0.5605 below it cost the same on average, by Gauss-Hermite quadrature.
    const shifted = ({ risk }: Population, version: string, by: number) => ({
      ...{ version, threshold: 0.22 },
      probabilities: risk.map((value) => 1 / (1 + Math.exp(-(value + by)))),
    });
    const lost = shareOf((population) => {
      const pair = [shifted(population, '1', 0.5), shifted(population, '2', -0.5605)] as const;
      return byNight.some((night) => {
        const { figures, logarithm } = look(...pair, population.labels, rowsOf(night));
        return figures && enough(logarithm, 1);
      });
    });
    expect(lost).toBeLessThan(mostOfChampions / 2);
  });
});

test('a challenger whose F1 is truly a tenth better is promoted on 5,000 rows in more than 80 %', () => {
  const random = uniform(7);
  const draws = 50;
  let gain = 0;
  let promoted = 0;
  for (let draw = 0; draw < draws; draw++) {
    const population = populationOf(5_000, random);
    const pair = [model(population, '1', 0.7, random), model(population, '2', 0.3, random)] as const;
    const { figures, logarithm } = look(...pair, population.labels, 5_000);
    const f1 = f1OfBoth(pairedCounts(...pair, population.labels));
    gain += (f1.challenger / f1.champion - 1) / draws;
    promoted += Number(figures && enough(logarithm, 1)) / draws;
  }
  expect(gain).toBeGreaterThan(0.08);
  expect(gain).toBeLessThan(0.12);
  expect(promoted).toBeGreaterThan(0.8);
});
