import { describe, expect, test } from 'vitest';
import { driftFindings, driftLevel } from '../../src/drift/history.ts';

const dayMs = 86_400_000;
const now = Date.parse('2026-10-05T00:00:00Z');

/** One run a week, the last one today: which features drifted, of ten. */
function weekly(...drifted: readonly (readonly string[])[]) {
  return drifted.map((names, index) => ({
    at: now - (drifted.length - 1 - index) * 7 * dayMs,
    judged: true,
    share: names.length / 10,
    drifted: names,
  }));
}

const found = (runs: ReturnType<typeof weekly>, at = now) =>
  driftFindings({ runs, now: at, warningShare: 0.3 }).map(({ finding, features }) => [finding, features]);

describe('findings of the drift history', () => {
  test.each([
    [
      'the same feature in 3 of the last 4 runs',
      weekly(['age'], [], ['age'], ['age', 'debt']),
      [['consistent_drift', ['age']]],
    ],
    ['twice is not consistent', weekly(['age'], [], ['age']), []],
    ['long ago does not count', weekly(['age'], ['age'], ['age'], [], [], []), []],
    [
      'many at once after calm',
      weekly([], [], [], ['a', 'b', 'c', 'd']),
      [['sudden_spike', ['a', 'b', 'c', 'd']]],
    ],
    ['at the warning share is no spike', weekly([], [], [], ['a', 'b', 'c']), []],
    ['three calm weeks', weekly([], [], []), [['no_drift', []]]],
    ['one calm week tells nothing', weekly([], []), []],
    ['no run at all', weekly(), [['no_runs', []]]],
  ])('%s', (_, runs, expected) => {
    expect(found(runs)).toEqual(expected);
  });

  test('a week without a run is one, whatever was before', () => {
    expect(found(weekly(['a'], []), now + 7 * dayMs)).toEqual([]);
    expect(found(weekly(['a'], []), now + 7 * dayMs + 1)).toEqual([['no_runs', []]]);
  });

  test('runs with too few rows say nothing about drift, but that monitoring runs', () => {
    const runs = weekly([], [], [], []).map((run) => ({ ...run, judged: false }));
    expect(found(runs)).toEqual([]);
  });
});

test.each([
  ['wasserstein', 0.05, 0.1, 0.5],
  ['jensenshannon', 0.2, 0.1, 2],
  ['ks', 0.05, 0.05, 1],
  ['ks', 0.05 ** 2, 0.05, 2],
  ['chisquare', 1, 0.05, 0],
  ['ks', 0, 0.05, 100],
  ['anderson', 0.1 ** 2, 0.1, 2],
  ['evidently:mannw', 0.05 ** 2, 0.05, 2],
  ['none', null, null, null],
])('the level of %s with %s at threshold %s is %s', (kind, score, threshold, level) => {
  const found = driftLevel(kind, score, threshold);
  if (level === null) expect(found).toBeNull();
  else expect(found).toBeCloseTo(level, 12);
});
