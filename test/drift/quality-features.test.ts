import { describe, expect, it } from 'vitest';
import { featureQualityDefinition } from '../../src/data/results/quality.ts';
import { featureQuality } from '../../src/drift/index.ts';
import { countOutside, outerFences } from '../../src/drift/quality/outliers.ts';
import { shareJump } from '../../src/drift/quality/share-jump.ts';
import { loanFeatures, loanSample, withNumbers, withoutColumn } from './loan-sample.ts';

const reference = loanSample(1, 2000);
const current = loanSample(2, 500);
const quality = (changed: typeof current) =>
  featureQuality({ reference, current: changed, features: loanFeatures });

describe('missing values', () => {
  it('are tested as two proportions (scipy: 40 of 1000 against 45 of 300)', () => {
    const jump = shareJump({ having: 40, rows: 1000 }, { having: 45, rows: 300 });
    expect(jump).toMatchObject({ reference: 0.04, current: 0.15 });
    expect((jump.pValue ?? 0) / 1.3827828224611233e-11).toBeCloseTo(1, 8);
  });

  it('do not jump in another sample of the same population', () => {
    for (const feature of quality(current)) {
      featureQualityDefinition.parse(feature);
      expect(feature.missing).toEqual({ reference: 0, current: 0, p_value: 1, jumped: false });
      expect(feature.outliers?.jumped ?? false, feature.name).toBe(false);
    }
  });

  it('jump when a fifth of a feature is gone, not when a twentieth is', () => {
    const gone = (every: number) =>
      quality(withNumbers(current, 'income', (value, row) => (row % every === 0 ? Number.NaN : value)))[1];
    expect(gone(5)?.missing).toMatchObject({ reference: 0, current: 0.2, jumped: true });
    expect(gone(20)?.missing).toMatchObject({ current: 0.05, jumped: false });
  });

  it('do not jump where a dozen rows are too few to tell', () => {
    const few = withNumbers(loanSample(3, 12), 'income', (value, row) =>
      row === 0 || row === 1 ? Number.NaN : value,
    );
    const fewBefore = loanSample(4, 12);
    const [, income] = featureQuality({ reference: fewBefore, current: few, features: loanFeatures });
    expect(income?.missing.current).toBeGreaterThan(0.1);
    expect(income?.missing.jumped).toBe(false);
  });

  it('have no p-value against no rows', () => {
    const [age] = featureQuality({ reference, current: loanSample(5, 0), features: loanFeatures });
    expect(age).toMatchObject({ missing: { current: 0, p_value: null, jumped: false }, outliers: null });
  });
});

describe('outliers', () => {
  it("lie outside Tukey's outer fences, quartiles as numpy has them", () => {
    const sorted = Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 100);
    expect(outerFences(sorted)).toEqual([-9, 19]);
    expect(countOutside(sorted, [-9, 19])).toBe(1);
  });

  it('have no fences where half of the values are one value, and none for categories', () => {
    expect(outerFences(Float64Array.of(0, 0, 0, 0, 5))).toBeUndefined();
    expect(quality(current)[5]).toMatchObject({ name: 'region', outliers: null });
  });

  it('jump when a tenth of the rows lies far out', () => {
    const far = quality(
      withNumbers(current, 'income', (value, row) => (row % 10 === 0 ? value + 1e6 : value)),
    )[1];
    expect(far?.outliers).toMatchObject({ jumped: true });
    expect(far?.outliers?.current).toBeGreaterThanOrEqual(0.1);
  });
});

it('leaves out a feature that one table does not have', () => {
  expect(quality(withoutColumn(current, 'age')).map(({ name }) => name)).not.toContain('age');
});
