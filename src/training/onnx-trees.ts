import { doubles, floats, int, ints, strings, text } from './onnx-attributes.ts';
import type { Tree } from './tree.ts';

/** A node as `ai.onnx.ml` 3 can say it. */
interface EnsembleNode {
  readonly mode: 'LEAF' | 'BRANCH_LEQ' | 'BRANCH_LT' | 'BRANCH_EQ';
  readonly treeId: number;
  readonly nodeId: number;
  readonly feature: number;
  readonly value: number;
  readonly whenTrue: number;
  readonly whenFalse: number;
  readonly missingIsTrue: boolean;
  readonly weight: number;
}

function ensembleNodes(tree: Tree, treeId: number): readonly EnsembleNode[] {
  const added: EnsembleNode[] = [];
  const nodes = tree.map((node, nodeId): EnsembleNode => {
    const { feature, threshold, missingLeft, left, right, value: weight } = node;
    const plain = {
      treeId,
      nodeId,
      feature: Math.max(0, feature),
      value: threshold,
      whenTrue: Math.max(0, left),
      whenFalse: Math.max(0, right),
      missingIsTrue: missingLeft,
      weight,
    };
    if (feature < 0) return { ...plain, mode: 'LEAF' };
    if (node.categories === undefined) return { ...plain, mode: 'BRANCH_LEQ' };
    const [first, ...others] = node.categories;
    // Nothing lies below -infinity: only missing values go left.
    if (first === undefined) return { ...plain, mode: 'BRANCH_LT', value: Number.NEGATIVE_INFINITY };
    // One comparison after another leads to the same node, which ONNX Runtime allows: version 3 has no set membership.
    const nextId = () => tree.length + added.length;
    const firstNode = { ...plain, mode: 'BRANCH_EQ', value: first } as const;
    if (others.length === 0) return firstNode;
    const whenFalse = nextId();
    for (const [place, value] of others.entries()) {
      const id = nextId();
      const isLast = place + 1 === others.length;
      added.push({
        ...firstNode,
        nodeId: id,
        value,
        missingIsTrue: false,
        whenFalse: isLast ? right : id + 1,
      });
    }
    return { ...firstNode, whenFalse };
  });
  return [...nodes, ...added];
}

/**
 * One `ai.onnx.ml` TreeEnsembleClassifier, of version 3 at most.
 * @param transform of the leaves' sum: LOGISTIC where they are log odds, NONE where they are shares of a probability
 */
export function treeEnsemble(trees: readonly Tree[], transform: 'LOGISTIC' | 'NONE') {
  return {
    name: 'trees',
    opType: 'TreeEnsembleClassifier',
    domain: 'ai.onnx.ml',
    input: ['features'],
    output: ['label', 'probabilities'],
    attribute: ensembleAttributes(trees, transform),
  };
}

/**
 * The leaves' sums by themselves, [rows, 1] in 32 bits but added up in 64, so that every reader finds the same ones.
 * @param input a tensor in 64 bits
 */
export function treeSums(trees: readonly Tree[], input: string, output: string) {
  const nodes = trees.flatMap(ensembleNodes);
  const leaves = nodes.filter((node) => node.mode === 'LEAF');
  return {
    name: output,
    opType: 'TreeEnsembleRegressor',
    domain: 'ai.onnx.ml',
    input: [input],
    output: [output],
    attribute: [
      int('n_targets', 1),
      ...nodeAttributes(nodes),
      doubles(
        'nodes_values_as_tensor',
        nodes.map((node) => node.value),
      ),
      text('post_transform', 'NONE'),
      ...leafAttributes('target', leaves),
      doubles(
        'target_weights_as_tensor',
        leaves.map((leaf) => leaf.weight),
      ),
    ],
  };
}

function ensembleAttributes(trees: readonly Tree[], transform: 'LOGISTIC' | 'NONE') {
  const nodes = trees.flatMap(ensembleNodes);
  const leaves = nodes.filter((node) => node.mode === 'LEAF');
  return [
    ...leafAttributes('class', leaves),
    floats(
      'class_weights',
      leaves.map((leaf) => leaf.weight),
    ),
    ints('classlabels_int64s', [0, 1]),
    ...nodeAttributes(nodes),
    floats(
      'nodes_values',
      nodes.map((node) => node.value),
    ),
    text('post_transform', transform),
  ];
}

function leafAttributes(prefix: 'class' | 'target', leaves: readonly EnsembleNode[]) {
  return [
    ints(
      `${prefix}_ids`,
      leaves.map(() => 0),
    ),
    ints(
      `${prefix}_nodeids`,
      leaves.map((leaf) => leaf.nodeId),
    ),
    ints(
      `${prefix}_treeids`,
      leaves.map((leaf) => leaf.treeId),
    ),
  ];
}

function nodeAttributes(nodes: readonly EnsembleNode[]) {
  return [
    ints(
      'nodes_falsenodeids',
      nodes.map((node) => node.whenFalse),
    ),
    ints(
      'nodes_featureids',
      nodes.map((node) => node.feature),
    ),
    ints(
      'nodes_missing_value_tracks_true',
      nodes.map((node) => Number(node.missingIsTrue)),
    ),
    strings(
      'nodes_modes',
      nodes.map((node) => node.mode),
    ),
    ints(
      'nodes_nodeids',
      nodes.map((node) => node.nodeId),
    ),
    ints(
      'nodes_treeids',
      nodes.map((node) => node.treeId),
    ),
    ints(
      'nodes_truenodeids',
      nodes.map((node) => node.whenTrue),
    ),
  ];
}
