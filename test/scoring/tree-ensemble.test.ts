import { describe, expect, test } from 'vitest';
import { readTreeEnsemble } from '../../src/scoring/index.ts';
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
