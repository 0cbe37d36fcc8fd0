import onnxProto from 'onnx-proto';
import { modelMetadata } from '../scoring/index.ts';
import type { BoostedTrees, Tree } from './tree.ts';

const { onnx } = onnxProto;
const floatType = onnx.TensorProto.DataType.FLOAT;
const int64Type = onnx.TensorProto.DataType.INT64;
const opsetVersion = 15;
const mlOpsetVersion = 3;
const irVersion = 8;

/**
 * The trees as an ONNX model: one float tensor `features` [rows, features] in, `label` [rows] and `probabilities` [rows, 2]
 * out, by one `ai.onnx.ml` TreeEnsembleClassifier. The same trees give the same bytes.
 * @param threshold probability from which the outcome is 1; kept with the feature names in the model's metadata
 */
export function encodeOnnx(model: BoostedTrees, threshold: number): Uint8Array {
  const width = model.features.length;
  const tensor = (name: string, elemType: number, columns?: number) => ({
    name,
    type: {
      tensorType: {
        elemType,
        shape: { dim: [{ dimParam: 'rows' }, ...(columns === undefined ? [] : [{ dimValue: columns }])] },
      },
    },
  });
  const message = onnx.ModelProto.create({
    irVersion,
    producerName: 'mlops',
    opsetImport: [
      { domain: '', version: opsetVersion },
      { domain: 'ai.onnx.ml', version: mlOpsetVersion },
    ],
    metadataProps: modelMetadata({ features: model.features, threshold }),
    graph: {
      name: 'boosted_trees',
      node: [
        {
          name: 'trees',
          opType: 'TreeEnsembleClassifier',
          domain: 'ai.onnx.ml',
          input: ['features'],
          output: ['label', 'probabilities'],
          attribute: ensembleAttributes(model),
        },
      ],
      input: [tensor('features', floatType, width)],
      output: [tensor('label', int64Type), tensor('probabilities', floatType, 2)],
    },
  });
  return onnx.ModelProto.encode(message).finish();
}

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

function ensembleAttributes(model: BoostedTrees) {
  const nodes = model.trees.flatMap(ensembleNodes);
  const leaves = nodes.filter((node) => node.mode === 'LEAF');
  const type = onnx.AttributeProto.AttributeType;
  const ints = (name: string, values: readonly number[]) => ({ name, type: type.INTS, ints: [...values] });
  const floats = (name: string, values: readonly number[]) => ({
    name,
    type: type.FLOATS,
    floats: [...values],
  });
  const strings = (name: string, values: readonly string[]) => ({
    name,
    type: type.STRINGS,
    strings: values.map((text) => Buffer.from(text)),
  });
  return [
    ints(
      'class_ids',
      leaves.map(() => 0),
    ),
    ints(
      'class_nodeids',
      leaves.map((leaf) => leaf.nodeId),
    ),
    ints(
      'class_treeids',
      leaves.map((leaf) => leaf.treeId),
    ),
    floats(
      'class_weights',
      leaves.map((leaf) => leaf.weight),
    ),
    ints('classlabels_int64s', [0, 1]),
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
    floats(
      'nodes_values',
      nodes.map((node) => node.value),
    ),
    { name: 'post_transform', type: type.STRING, s: Buffer.from('LOGISTIC') },
  ];
}
