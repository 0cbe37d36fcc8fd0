import onnxProto from 'onnx-proto';
import type { Calibration } from '../../scoring/index.ts';
import { int } from '../onnx-attributes.ts';
import { cast, doubleTensor, int64Tensor, operator } from '../onnx-operators.ts';
import { treeSums } from '../onnx-trees.ts';
import type { Tree, TreeNode } from '../tree.ts';

const { FLOAT, DOUBLE, INT64 } = onnxProto.onnx.TensorProto.DataType;

/**
 * From `score` [rows, 1] in 32 bits to `label` [rows] and `probabilities` [rows, 2], computed in 64 bits. The segment of an
 * isotonic line is looked up by a tree: comparing each score with every point would take rows x points of memory.
 */
export function calibrationGraph(calibration: Calibration) {
  const { initializer, node } =
    calibration.kind === 'sigmoid' ? sigmoidGraph(calibration) : isotonicGraph(calibration);
  return {
    initializer: [
      ...initializer,
      doubleTensor('one', [1], []),
      doubleTensor('half', [0.5], []),
      int64Tensor('columns', [1]),
    ],
    node: [
      cast('score', 'exact_score', DOUBLE),
      ...node,
      operator('Sub', ['one', 'probability'], 'other_probability'),
      operator('Concat', ['other_probability', 'probability'], 'exact_probabilities', [int('axis', 1)]),
      cast('exact_probabilities', 'probabilities', FLOAT),
      operator('Greater', ['probability', 'half'], 'is_likely'),
      operator('Squeeze', ['is_likely', 'columns'], 'likely'),
      cast('likely', 'label', INT64),
    ],
  };
}

function sigmoidGraph({ slope, intercept }: Extract<Calibration, { kind: 'sigmoid' }>) {
  return {
    initializer: [
      doubleTensor('sigmoid_slope', [slope], []),
      doubleTensor('sigmoid_intercept', [intercept], []),
    ],
    node: [
      operator('Mul', ['exact_score', 'sigmoid_slope'], 'sigmoid_product'),
      operator('Add', ['sigmoid_product', 'sigmoid_intercept'], 'calibrated_log_odds'),
      operator('Sigmoid', ['calibrated_log_odds'], 'probability'),
    ],
  };
}

function isotonicGraph({ scores, probabilities }: Extract<Calibration, { kind: 'isotonic' }>) {
  const slopes = scores.slice(1).map((score, place) => {
    const rise = (probabilities[place + 1] ?? 0) - (probabilities[place] ?? 0);
    return rise / (score - (scores[place] ?? 0));
  });
  const table = (name: string, values: readonly number[]) => doubleTensor(name, values, [values.length]);
  return {
    initializer: [
      doubleTensor('lowest_score', [scores[0] ?? 0], []),
      doubleTensor('highest_score', [scores.at(-1) ?? 0], []),
      doubleTensor('zero', [0], []),
      table('isotonic_scores', scores),
      table('isotonic_probabilities', probabilities),
      table('isotonic_slopes', slopes),
    ],
    node: [
      operator('Clip', ['exact_score', 'lowest_score', 'highest_score'], 'bounded_score'),
      treeSums([lookup(scores.slice(1, -1))], 'bounded_score', 'segment'),
      cast('segment', 'place', INT64),
      operator('Gather', ['isotonic_scores', 'place'], 'segment_score'),
      operator('Gather', ['isotonic_probabilities', 'place'], 'segment_probability'),
      operator('Gather', ['isotonic_slopes', 'place'], 'segment_slope'),
      operator('Sub', ['bounded_score', 'segment_score'], 'beyond'),
      operator('Mul', ['beyond', 'segment_slope'], 'rise'),
      operator('Add', ['segment_probability', 'rise'], 'line'),
      operator('Clip', ['line', 'zero', 'one'], 'probability'),
    ],
  };
}

/** A tree that answers how many of the rising `bounds` a value lies above. */
function lookup(bounds: readonly number[]): Tree {
  const tree: TreeNode[] = [];
  const leaf = { feature: -1, threshold: 0, missingLeft: false, left: -1, right: -1, value: 0, gain: 0 };
  const plant = (low: number, high: number): number => {
    const place = tree.length;
    tree.push({ ...leaf, value: low });
    if (low === high) return place;
    const middle = (low + high) >> 1;
    const split = { ...leaf, feature: 0, threshold: bounds[middle] ?? 0 };
    tree[place] = { ...split, left: plant(low, middle), right: plant(middle + 1, high) };
    return place;
  };
  plant(0, bounds.length);
  return tree;
}
