import { describe, expect, it } from 'vitest';
import { proxyMetricsDefinition, proxyWindowDefinition } from '../../src/data/results/proxy-metrics.ts';
import { proxyMetrics, proxyMetricsByWindow } from '../../src/estimation/index.ts';

const probabilities = Float64Array.of(0.02, 0.07, 0.11, 0.35, 0.5, 0.55, 0.81, 0.93, 1);

describe('proxy metrics', () => {
  it('agree with numpy: population deviation, linear quartiles, entropy of a ten-bin histogram in nats', () => {
    const metrics = proxyMetricsDefinition.parse(proxyMetrics(probabilities, 0.5));
    expect(metrics.rows).toBe(9);
    expect(metrics.positive_rate).toBeCloseTo(0.5555555555555556, 14);
    expect(metrics.mean).toBeCloseTo(0.4822222222222222, 14);
    expect(metrics.deviation).toBeCloseTo(0.35285432240445375, 14);
    expect(metrics.quartiles).toEqual([0.11, 0.5, 0.81]);
    expect(metrics.entropy).toBeCloseTo(1.7351264569629226, 14);
  });

  it('count a probability equal to the threshold as positive', () => {
    expect(proxyMetrics(Float64Array.of(0.4, 0.6), 0.6).positive_rate).toBe(0.5);
  });

  it('have an entropy of 0 in one bin and ln 10 when spread evenly', () => {
    expect(proxyMetrics(new Float64Array(50).fill(0.42), 0.5).entropy).toBe(0);
    const even = Float64Array.from({ length: 100 }, (_, index) => (index + 0.5) / 100);
    expect(proxyMetrics(even, 0.5).entropy).toBeCloseTo(Math.LN10, 14);
  });

  it('leave out rows that were not scored, and are null when there are none', () => {
    expect(proxyMetrics(Float64Array.of(Number.NaN, 0.3), 0.5)).toMatchObject({ rows: 1, mean: 0.3 });
    expect(proxyMetrics(Float64Array.of(Number.NaN), 0.5)).toEqual({
      rows: 0,
      positive_rate: null,
      mean: null,
      deviation: null,
      quartiles: null,
      entropy: null,
    });
  });
});

describe('proxy metrics by window', () => {
  const hour = 3_600_000;
  const now = Date.UTC(2026, 7, 10, 12);
  const times = Float64Array.from([0, 0.5, 1, 5.9, 6, 23, 24, -0.1], (age) => now - age * hour);
  const scores = Float64Array.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8);
  const outcomes = [1, 0, 1, 0, 0, 0, 1, 1];
  const windows = proxyMetricsByWindow(scores, times, outcomes, now);

  it('hold what came in the hours up to now, and no later prediction', () => {
    expect(windows.map(({ window, rows }) => [window, rows])).toEqual([
      ['1h', 2],
      ['6h', 4],
      ['24h', 6],
    ]);
    for (const window of windows) proxyWindowDefinition.parse(window);
  });

  it('take the positive rate from the outcomes as they were given', () => {
    expect(windows.map((each) => each.positive_rate)).toEqual([0.5, 0.5, 1 / 3]);
  });

  it('are null for a window without predictions', () => {
    const [, , day] = proxyMetricsByWindow(scores, times, outcomes, now + 100 * hour);
    expect(day).toMatchObject({ window: '24h', rows: 0, positive_rate: null, quartiles: null });
  });
});
