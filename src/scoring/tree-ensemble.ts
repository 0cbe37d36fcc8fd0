import onnxProto from 'onnx-proto';

const { onnx } = onnxProto;

/** Scores rows without ONNX Runtime, so that a rollback can check a model in milliseconds. */
export interface TreeEnsemble {
  /** Probability of outcome 1 for one row; NaN is missing. */
  score(row: Float64Array): number;
}

const comparisons: Readonly<Record<string, (value: number, threshold: number) => boolean>> = {
  BRANCH_LEQ: (value, threshold) => value <= threshold,
  BRANCH_LT: (value, threshold) => value < threshold,
  BRANCH_GTE: (value, threshold) => value >= threshold,
  BRANCH_GT: (value, threshold) => value > threshold,
};

/**
 * The model when it is a lone TreeEnsembleClassifier for two classes with one weight a leaf and logistic output, as mlops
 * and LightGBM's converter write it (a ZipMap may follow); undefined for any other graph.
 */
export function readTreeEnsemble(content: Uint8Array): TreeEnsemble | undefined {
  const graph = onnx.ModelProto.decode(content).graph;
  const nodes = (graph?.node ?? []).filter(
    (each) => !['ZipMap', 'Cast', 'Identity'].includes(each.opType ?? ''),
  );
  const [ensemble] = nodes;
  if (nodes.length !== 1 || ensemble?.opType !== 'TreeEnsembleClassifier') return undefined;
  const attributes = new Map((ensemble.attribute ?? []).map((each) => [each.name, each]));
  const ints = (name: string) => (attributes.get(name)?.ints ?? []).map(Number);
  const floats = (name: string) => attributes.get(name)?.floats ?? [];
  const text = (bytes: Uint8Array | null | undefined) => Buffer.from(bytes ?? []).toString('latin1');
  const classes = new Set(ints('class_ids'));
  if (
    text(attributes.get('post_transform')?.s) !== 'LOGISTIC' ||
    classes.size !== 1 ||
    floats('base_values').length > 0
  )
    return undefined;

  const key = (tree: number, node: number) => `${tree}/${node}`;
  const trees = ints('nodes_treeids');
  const positions = new Map(
    ints('nodes_nodeids').map((node, index) => [key(trees[index] ?? 0, node), index]),
  );
  const child = (side: string) =>
    ints(side).map((node, index) => positions.get(key(trees[index] ?? 0, node)) ?? -1);
  const whenTrue = child('nodes_truenodeids');
  const whenFalse = child('nodes_falsenodeids');
  const features = ints('nodes_featureids');
  const thresholds = floats('nodes_values');
  const missingIsTrue = ints('nodes_missing_value_tracks_true');
  const modes = (attributes.get('nodes_modes')?.strings ?? []).map(text);
  const weights = new Float64Array(trees.length);
  const leafTrees = ints('class_treeids');
  for (const [index, node] of ints('class_nodeids').entries()) {
    weights[positions.get(key(leafTrees[index] ?? 0, node)) ?? 0] = floats('class_weights')[index] ?? 0;
  }
  if (modes.some((mode) => mode !== 'LEAF' && !(mode in comparisons))) return undefined;
  const roots = trees.flatMap((tree, index) => (index === 0 || tree !== trees[index - 1] ? [index] : []));

  const leafOf = (root: number, row: Float64Array): number => {
    let node = root;
    for (
      let compare = comparisons[modes[node] ?? ''];
      compare !== undefined;
      compare = comparisons[modes[node] ?? '']
    ) {
      const value = Math.fround(row[features[node] ?? 0] ?? Number.NaN);
      const goesTrue = Number.isNaN(value)
        ? missingIsTrue[node] === 1
        : compare(value, thresholds[node] ?? 0);
      node = (goesTrue ? whenTrue : whenFalse)[node] ?? -1;
    }
    return node;
  };
  return {
    score: (row) =>
      1 / (1 + Math.exp(-roots.reduce((sum, root) => sum + (weights[leafOf(root, row)] ?? 0), 0))),
  };
}
