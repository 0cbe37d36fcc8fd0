import { attributesOf, type GraphNode } from './onnx-graph.ts';
import type { SplitNodes } from './tree-gains.ts';

type Comparison = (value: number, threshold: number) => boolean;

const comparisons: Readonly<Record<string, Comparison>> = {
  BRANCH_LEQ: (value, threshold) => value <= threshold,
  BRANCH_LT: (value, threshold) => value < threshold,
  BRANCH_GTE: (value, threshold) => value >= threshold,
  BRANCH_GT: (value, threshold) => value > threshold,
  BRANCH_EQ: (value, threshold) => value === threshold,
};

/** The nodes of every tree of an ensemble, in one row, as the ONNX file has them. */
export interface EnsembleNodes extends SplitNodes {
  /** As the file spells it: LEAF, BRANCH_LEQ and so on. */
  readonly modes: readonly string[];
  /** Undefined at a leaf. */
  readonly compare: readonly (Comparison | undefined)[];
  readonly thresholds: readonly number[];
  readonly missingIsTrue: readonly number[];
}

/**
 * Undefined where a node compares in a way that `ai.onnx.ml` 3 does not know.
 * @param leaves what the names of its leaves' attributes begin with: class of a classifier, target of a regressor
 */
export function readNodes(
  ensemble: GraphNode,
  leaves: 'class' | 'target' = 'class',
): EnsembleNodes | undefined {
  const { ints, numbers, strings } = attributesOf(ensemble);
  const trees = ints('nodes_treeids');
  const modes = strings('nodes_modes');
  if (modes.some((mode) => mode !== 'LEAF' && !(mode in comparisons))) return undefined;
  const key = (tree: number, node: number) => `${tree}/${node}`;
  const places = new Map(
    ints('nodes_nodeids').map((node, index) => [key(trees[index] ?? 0, node), index] as const),
  );
  const children = (side: string) =>
    ints(side).map((node, index) =>
      modes[index] === 'LEAF' ? -1 : (places.get(key(trees[index] ?? 0, node)) ?? -1),
    );
  const whenTrue = children('nodes_truenodeids');
  const whenFalse = children('nodes_falsenodeids');
  const below = new Set([...whenTrue, ...whenFalse]);
  const weights = new Float64Array(trees.length);
  const leafTrees = ints(`${leaves}_treeids`);
  const leafWeights = numbers(`${leaves}_weights`);
  for (const [index, node] of ints(`${leaves}_nodeids`).entries())
    weights[places.get(key(leafTrees[index] ?? 0, node)) ?? -1] = leafWeights[index] ?? 0;
  return {
    roots: [...trees.keys()].filter((place) => !below.has(place)),
    modes,
    compare: modes.map((mode) => comparisons[mode]),
    features: ints('nodes_featureids'),
    thresholds: numbers('nodes_values'),
    whenTrue,
    whenFalse,
    missingIsTrue: ints('nodes_missing_value_tracks_true'),
    weights,
  };
}

export function leafOf(nodes: EnsembleNodes, root: number, row: Float64Array): number {
  let node = root;
  for (let child = childOf(nodes, node, row); child >= 0; child = childOf(nodes, node, row)) node = child;
  return node;
}

/** The node below that the row goes to; -1 from a leaf. */
export function childOf(nodes: EnsembleNodes, node: number, row: Float64Array): number {
  if (nodes.compare[node] === undefined) return -1;
  const value = Math.fround(row[nodes.features[node] ?? 0] ?? Number.NaN);
  return (isTrue(nodes, node, value) ? nodes.whenTrue : nodes.whenFalse)[node] ?? -1;
}

/** Whether a value, as float32, passes the comparison of a node that is no leaf; NaN is missing. */
export function isTrue(nodes: EnsembleNodes, node: number, value: number): boolean {
  if (Number.isNaN(value)) return nodes.missingIsTrue[node] === 1;
  return nodes.compare[node]?.(value, nodes.thresholds[node] ?? 0) === true;
}
