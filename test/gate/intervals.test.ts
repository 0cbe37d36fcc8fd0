import { describe, expect, test } from 'vitest';
import { rocAucInterval } from '../../src/data/delong.ts';
import { wilsonInterval } from '../../src/gate/wilson.ts';

describe('Wilson’s interval', () => {
  // Newcombe 1998, table I, method 3 (score, no continuity correction).
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %i in %i', (hits, of, low, high) => {
    const interval = wilsonInterval(hits, of);
    expect(interval?.low).toBeCloseTo(low, 4);
    expect(interval?.high).toBeCloseTo(high, 4);
  });

  test('of nothing is not known', () => {
    expect(wilsonInterval(0, 0)).toBeNull();
  });
});

describe('DeLong’s interval of ROC AUC', () => {
  test('on ten rows with a tie, as all pairs counted one by one give it', () => {
    const probabilities = Float64Array.of(0.1, 0.4, 0.35, 0.8, 0.65, 0.2, 0.9, 0.55, 0.35, 0.7);
    const labels = Float64Array.of(0, 0, 1, 1, 0, 0, 1, 1, 0, 1);
    const interval = rocAucInterval(probabilities, labels);
    expect(interval?.value).toBeCloseTo(0.86, 12);
    expect(interval?.low).toBeCloseTo(0.6183594113677284, 12);
    expect(interval?.high).toBeCloseTo(1, 12);
  });

  test('of one class is not known', () => {
    expect(rocAucInterval(Float64Array.of(0.1, 0.2), Float64Array.of(1, 1))).toBeNull();
  });
});
