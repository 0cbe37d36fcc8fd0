import { describe, expect, it, test } from 'vitest';
import { type Calibration, readTreeEnsemble } from '../../src/scoring/index.ts';
import { encodeOnnx } from '../../src/training/onnx-model.ts';
import { foreignModels, largestDifference, readModel, toValues } from './foreign-models.ts';

const ensembles = [
  'lightgbm_zipmap.onnx',
  'lightgbm_tensor.onnx',
  'lightgbm_zero_is_a_value.onnx',
  'sklearn_forest_zipmap.onnx',
  'sklearn_forest_certain.onnx',
  'sklearn_extra_trees.onnx',
  'sklearn_trees_open_width.onnx',
  'sklearn_gradient_boosting.onnx',
  'sklearn_hist_gradient_boosting.onnx',
];

describe('trees are scored without ONNX Runtime as Python scores them, missing values too', () => {
  test.each(foreignModels.filter(({ file }) => ensembles.includes(file)))(
    '$file',
    ({ file, rows, onnxruntime }) => {
      const ensemble = readTreeEnsemble(readModel(file));
      const answers = Float64Array.from(rows, (row) => ensemble?.score(toValues([row])) ?? Number.NaN);
      expect(largestDifference(answers, onnxruntime)).toBeLessThanOrEqual(1e-6);
    },
  );
});

test.each(foreignModels.filter(({ file }) => !ensembles.includes(file)))(
  '$file is left to ONNX Runtime',
  ({ file }) => {
    expect(readTreeEnsemble(readModel(file))).toBeUndefined();
  },
);

describe('gains of the splits', () => {
  const width = 4;
  const model = encodeOnnx(
    {
      kind: 'boosted_trees',
      features: ['a', 'b', 'c', 'd'],
      trees: [
        [
          { feature: 1, threshold: 0, missingLeft: true, left: 1, right: 2, value: 0, gain: 0 },
          { feature: -1, threshold: 0, missingLeft: false, left: -1, right: -1, value: -2, gain: 0 },
          { feature: 3, threshold: 5, missingLeft: false, left: 3, right: 4, value: 0, gain: 0 },
          { feature: -1, threshold: 0, missingLeft: false, left: -1, right: -1, value: 1, gain: 0 },
          { feature: -1, threshold: 0, missingLeft: false, left: -1, right: -1, value: 3, gain: 0 },
        ],
      ],
    },
    0.5,
  );
  const gains = (rows: readonly (readonly number[])[]) => [
    ...(readTreeEnsemble(model)?.gains(
      rows.map((row) => Float64Array.from(row)),
      width,
    ) ?? []),
  ];

  it('are the squared deviations that a feature takes away', () => {
    // Answers -2, -2, 1, 3: between -2 and 2 at `b` 16 of 18, between 1 and 3 at `d` the other 2.
    const rows = [
      [0, -1, 0, 0],
      [0, Number.NaN, 0, 0],
      [0, 1, 0, 5],
      [0, 1, 0, 6],
    ];
    expect(gains(rows)).toEqual([0, 16, 0, 2]);
  });

  it('are none where no row tells two branches apart', () => {
    expect(gains([[0, 1, 0, 6]])).toEqual([0, 0, 0, 0]);
  });
});

describe('a calibrated ensemble', () => {
  const leaf = { feature: -1, threshold: 0, missingLeft: false, left: -1, right: -1, gain: 0 };
  const stump = [
    { feature: 0, threshold: 0, missingLeft: true, left: 1, right: 2, value: 0, gain: 0 },
    { ...leaf, value: -2 },
    { ...leaf, value: 1 },
  ];
  const read = (calibration: Calibration) =>
    readTreeEnsemble(
      encodeOnnx({ kind: 'boosted_trees', features: ['a'], trees: [stump, stump], calibration }, 0.5),
    );

  it('by a sigmoid has log odds that its trees add up to', () => {
    const ensemble = read({ kind: 'sigmoid', slope: 0.5, intercept: -1 });
    expect(ensemble?.score(Float64Array.of(-1))).toBeCloseTo(1 / (1 + Math.exp(3)), 12);
    expect(ensemble?.score(Float64Array.of(1))).toBeCloseTo(0.5, 12);
    expect(ensemble?.scale).toBe('log_odds');
    expect(ensemble?.base).toBe(-1);
    expect(ensemble?.trees().map((tree) => tree.map(({ value }) => value))).toEqual([
      [0, -1, 0.5],
      [0, -1, 0.5],
    ]);
  });

  it('by a line answers between its points, and is on no scale', () => {
    const ensemble = read({ kind: 'isotonic', scores: [-6, -2, 4], probabilities: [0, 0.2, 0.5] });
    expect(ensemble?.score(Float64Array.of(Number.NaN))).toBeCloseTo(0.1, 12);
    expect(ensemble?.score(Float64Array.of(1))).toBeCloseTo(0.4, 12);
    expect(ensemble?.scale).toBeUndefined();
  });
});
