import { describe, expect, test } from 'vitest';
import { compareSegments } from '../../src/gate/compare-segments.ts';
import { gateCriteria, type ScoredModel, type Segment } from '../../src/gate/index.ts';
import { uniform } from './models.ts';

const rows = 1500;
const trials = 300;
const features = 6;
const allowed = 0.05;

/** Approximately normal: twelve uniform numbers, less their mean. */
function normal(random: () => number): number {
  let sum = -6;
  for (let draw = 0; draw < 12; draw++) sum += random();
  return sum;
}

interface Simulation {
  /** Four quarters of each of the features, of which the first makes rows risky. */
  readonly segments: readonly Segment[];
  readonly labels: Uint8Array;
  /** A model that sees the risk of a row with an error of its own, and hardly anything of it where it is blind. */
  model(version: string, blind?: (row: number) => boolean): ScoredModel;
}

function simulate(seed: number): Simulation {
  const random = uniform(seed);
  const quarters = Array.from({ length: features }, () =>
    Uint8Array.from({ length: rows }, () => Math.floor(random() * 4)),
  );
  const risk = Float64Array.from({ length: rows }, (_, row) => {
    const quarter = quarters[0]?.[row] ?? 0;
    return -2.2 + 0.4 * quarter + 1.5 * normal(random);
  });
  const labels = Uint8Array.from(risk, (value) => (random() < 1 / (1 + Math.exp(-value)) ? 1 : 0));
  return {
    labels,
    segments: quarters.flatMap((codes, feature) =>
      [0, 1, 2, 3].map((quarter) => ({
        name: `x${feature} ${quarter}`,
        rows: Uint32Array.from(codes.keys()).filter((row) => codes[row] === quarter),
      })),
    ),
    model: (version, blind = () => false) => ({
      version,
      threshold: 0.3,
      probabilities: Float64Array.from(risk, (value, row) => {
        const seen = blind(row) ? -2 + 0.3 * value + normal(random) : value + 0.6 * normal(random);
        return 1 / (1 + Math.exp(-seen));
      }),
    }),
  };
}

function compare(simulation: Simulation, limit: number, blind?: (row: number) => boolean) {
  const { labels, segments, model } = simulation;
  const champion = model('1');
  const challenger = model('2', blind);
  const criteria = { ...gateCriteria('production'), maximumSegmentLoss: limit };
  return compareSegments(
    { champion, challenger, labels, segments, coverage: 1, daysSincePromotion: 30, criteria },
    champion,
    limit,
  );
}

describe('segments of models that differ by noise alone', () => {
  const runs = Array.from({ length: trials }, (_, trial) => compare(simulate(trial * 7919 + 1), 0));
  const share = (holds: (run: (typeof runs)[number]) => boolean) => runs.filter(holds).length / trials;

  test('nearly always show a segment that lost more than 5 % of its F1', () => {
    const lost = share(({ segments }) =>
      segments.some(
        ({ champion_f1, challenger_f1 }) => (challenger_f1 ?? 0) < (1 - allowed) * (champion_f1 ?? 0),
      ),
    );
    expect(lost).toBeGreaterThan(0.85);
  });

  test('are called worse in 5 % of the comparisons at most, even where no loss at all is allowed', () => {
    // Three standard errors of 300 trials beside the 5 %.
    expect(share(({ establishedLoss }) => (establishedLoss ?? 1) > 0)).toBeLessThanOrEqual(0.05 + 0.038);
    expect(share(({ establishedLoss }) => (establishedLoss ?? 1) > allowed)).toBeLessThanOrEqual(0.02);
  });

  test('have intervals that hold the difference of 0', () => {
    const intervals = runs.flatMap(({ segments }) => segments.flatMap(({ interval }) => interval ?? []));
    const holding = intervals.filter(({ low, high }) => low <= 0 && high >= 0).length;
    expect(holding / intervals.length).toBeGreaterThan(0.94);
  });
});

describe('a model that is blind in one segment', () => {
  const runs = Array.from({ length: 100 }, (_, trial) => {
    const simulation = simulate(trial * 104729 + 5);
    const hit = new Set(simulation.segments.find(({ name }) => name === 'x0 3')?.rows);
    return compare(simulation, allowed, (row) => hit.has(row));
  });

  test('is found out, and in that segment most surely', () => {
    const found = runs.filter(({ segments, establishedLoss }) => {
      const surest = segments.toSorted((a, b) => (a.p_value ?? 1) - (b.p_value ?? 1)).at(0);
      return (establishedLoss ?? 0) > allowed && surest?.verdict === 'worse' && surest.name === 'x0 3';
    });
    expect(found.length / runs.length).toBeGreaterThan(0.95);
  });
});
