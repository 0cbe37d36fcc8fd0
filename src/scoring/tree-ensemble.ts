import onnxProto from 'onnx-proto';
import { calibrated } from './calibration.ts';
import { readCalibration } from './calibration-nodes.ts';
import { childOf, type EnsembleNodes, leafOf, readNodes } from './ensemble-nodes.ts';
import { attributesOf, classLabels, decodeModel, type Graph, type GraphNode } from './onnx-graph.ts';
import { type SplitTree, splitTrees } from './split-trees.ts';
import { splitGains } from './tree-gains.ts';

const { FLOAT } = onnxProto.onnx.TensorProto.DataType;

/** Scores rows without ONNX Runtime, so that a rollback can check a model in milliseconds. */
export interface TreeEnsemble {
  /** Probability of outcome 1 for one row; NaN is missing. */
  score(row: Float64Array): number;
  /** How much of its answers to these rows rests on each of the first `width` inputs, from 0 up. */
  gains(rows: readonly Float64Array[], width: number): Float64Array;
  /** What the leaves' sum is: log odds of outcome 1, or its probability; undefined where an isotonic line makes neither of it. */
  readonly scale: 'log_odds' | 'probability' | undefined;
  /** What the leaves are added to. */
  readonly base: number;
  /** Each tree by itself, its splits on categories as one each. */
  trees(): readonly SplitTree[];
}

/** What the sum of the leaves becomes; without a transform it is the probability itself, as in a random forest. */
const transforms: Readonly<Record<string, (sum: number) => number>> = {
  LOGISTIC: (sum) => 1 / (1 + Math.exp(-sum)),
  NONE: (sum) => Math.min(1, sum),
};

/**
 * The model when it is a lone TreeEnsembleClassifier on one float tensor, for classes 0 and 1 with one weight a leaf, as
 * mlops, LightGBM's converter and skl2onnx (forests, boosted trees) write it, or trees that mlops calibrated; undefined for
 * any other graph.
 * @throws DataError when the bytes are no ONNX model
 */
export function readTreeEnsemble(content: Uint8Array): TreeEnsemble | undefined {
  const { graph } = decodeModel(content);
  const ensemble = loneEnsemble(graph);
  if (ensemble === undefined) return calibratedEnsemble(graph);
  if (classLabels(ensemble)[0] === 1) return undefined;
  const { ints, floats, text } = attributesOf(ensemble);
  const transform = transforms[text('post_transform')];
  const bases = floats('base_values');
  if (transform === undefined || bases.length > 1 || ints('class_ids').some((id) => id !== 0))
    return undefined;
  // ONNX Runtime reads a plain sum as a probability only where no leaf is negative; else it answers raw scores.
  const isPlainSum = text('post_transform') === 'NONE';
  if (isPlainSum && (bases.length > 0 || floats('class_weights').some((weight) => weight < 0)))
    return undefined;
  const nodes = readNodes(ensemble);
  if (nodes === undefined) return undefined;
  const base = bases[0] ?? 0;
  return {
    ...treesOf(nodes, base),
    score: (row) => transform(sumOf(nodes, base, row)),
    scale: isPlainSum ? 'probability' : 'log_odds',
  };
}

/** Trees whose sum a calibration follows. That of a sigmoid is told as log odds, the calibration part of base and leaves. */
function calibratedEnsemble(graph: Graph): TreeEnsemble | undefined {
  const regressor = (graph.node ?? []).find(({ output }) => output?.[0] === 'score');
  const calibration = readCalibration(graph);
  if (regressor?.opType !== 'TreeEnsembleRegressor' || calibration === undefined) return undefined;
  const nodes = readNodes(regressor, 'target');
  if (nodes === undefined) return undefined;
  const score = (row: Float64Array) => calibrated(calibration, Math.fround(sumOf(nodes, 0, row)));
  if (calibration.kind === 'isotonic') return { ...treesOf(nodes, 0), score, scale: undefined };
  const weights = nodes.weights.map((weight) => weight * calibration.slope);
  return { ...treesOf({ ...nodes, weights }, calibration.intercept), score, scale: 'log_odds' };
}

function treesOf(nodes: EnsembleNodes, base: number): Pick<TreeEnsemble, 'gains' | 'base' | 'trees'> {
  return {
    gains: (rows, width) => splitGains(nodes, (node, row) => childOf(nodes, node, row), rows, width),
    base,
    trees: () => splitTrees(nodes),
  };
}

function sumOf(nodes: EnsembleNodes, base: number, row: Float64Array): number {
  return nodes.roots.reduce((sum, root) => sum + (nodes.weights[leafOf(nodes, root, row)] ?? 0), base);
}

const passing = new Set(['ZipMap', 'Cast', 'Identity']);

/** The classifier on the graph's only input, when nothing but renaming stands between it and the probabilities. */
function loneEnsemble(graph: Graph): GraphNode | undefined {
  const [input, ...others] = graph.input ?? [];
  if (others.length > 0 || input?.type?.tensorType?.elemType !== FLOAT) return undefined;
  const ensembles = (graph.node ?? []).filter((node) => node.opType === 'TreeEnsembleClassifier');
  const [ensemble] = ensembles;
  if (ensembles.length !== 1 || ensemble?.input?.[0] !== input.name) return undefined;
  const renamed = (graph.node ?? []).every(
    (node) => node === ensemble || passing.has(node.opType ?? '') || isTimesOne(graph, node),
  );
  return renamed ? ensemble : undefined;
}

/** LightGBM's converter ends in a product with 1 where it writes a tensor in place of maps. */
function isTimesOne(graph: Graph, { opType, input }: GraphNode): boolean {
  const factor = (graph.initializer ?? []).find((each) => each.name === input?.[1]);
  return opType === 'Mul' && factor?.floatData?.length === 1 && factor.floatData[0] === 1;
}
