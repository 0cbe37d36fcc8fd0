import { expect, test } from 'vitest';
import { featureChanges } from '../../src/drift/compare-results.ts';
import { explainLimit } from '../../src/drift/explain-limit.ts';
import { calmFeature, driftResult, movedFeature } from '../report/drift-samples.ts';

test('names what is new, what is over, what stayed, what came and what went', () => {
  const before = [
    calmFeature('a'),
    movedFeature('b'),
    movedFeature('c'),
    calmFeature('d'),
    calmFeature('gone'),
  ];
  const after = [
    movedFeature('a'),
    calmFeature('b'),
    movedFeature('c'),
    calmFeature('d'),
    calmFeature('fresh'),
  ];
  expect(featureChanges(before, after).map(({ name, change }) => `${name} ${change}`)).toEqual([
    'a newly_drifted',
    'b no_longer_drifted',
    'c still_drifted',
    'fresh appeared',
    'gone disappeared',
    'd still_calm',
  ]);
});

test('a sentence holds both scores, and another test is named', () => {
  const [change] = featureChanges([calmFeature('a')], [movedFeature('a')]);
  expect(change?.sentence).toBe(
    "a: median 52 → 41; 34 % of rows are outside the reference's middle 90 % (robust_wasserstein 0.02 → 0.61, limit 0.1)",
  );
  const [other] = featureChanges([movedFeature('a', { test: 'ks', threshold: 0.05 })], [calmFeature('a')]);
  expect(other?.sentence).toBe('a: ks 0.61, limit 0.05 → robust_wasserstein 0.02, limit 0.1');
});

test.each([
  ['the threshold of the test', {}, {}, /^0\.1 is enough to matter, and with 30000 and 9612 rows/],
  ['raised above the noise', { threshold: 0.2 }, {}, /chance alone explains up to 0\.2$/],
  ['asked for', { threshold: 0.05 }, {}, /^0\.05 was asked for in place of 0\.1$/],
  ['of a p-value', { test: 'ks' as const, threshold: 0.03 }, {}, /^below 0\.03 chance no longer explains/],
  [
    'of a calibration',
    { threshold: 0.2 },
    { false_alarms: { expected: 0.05, basis: 'calibration' as const, sentence: '' } },
    /^0\.2 comes from the calibration/,
  ],
  [
    'that matters, above a calibration',
    {},
    { false_alarms: { expected: 0.05, basis: 'calibration' as const, sentence: '' } },
    /^0\.1 is enough to matter, and by the calibration/,
  ],
  [
    "a peer's",
    { test: 'ks' as const, threshold: 0.05 },
    { convention: 'evidently' as const },
    /convention evidently/,
  ],
])('why that limit: %s', (_, feature, result, why) => {
  const basis = { false_alarms: { expected: 0.05, basis: 'noise_floor' as const, sentence: '' } };
  expect(explainLimit(movedFeature('a', feature), driftResult([], { ...basis, ...result }))).toMatch(why);
});

test('without a test there is no limit to explain', () => {
  expect(explainLimit(calmFeature('a', { test: 'none', threshold: null }), driftResult([]))).toBeNull();
});
