import onnxProto from 'onnx-proto';
import { modelMetadata } from '../scoring/index.ts';
import type { BoostedTrees } from './tree.ts';

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

function ensembleAttributes(model: BoostedTrees) {
  const nodes = model.trees.flatMap((tree, treeId) =>
    tree.map((node, nodeId) => ({ ...node, treeId, nodeId })),
  );
  const leaves = nodes.filter((node) => node.feature < 0);
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
      leaves.map((leaf) => leaf.value),
    ),
    ints('classlabels_int64s', [0, 1]),
    ints(
      'nodes_falsenodeids',
      nodes.map((node) => Math.max(0, node.right)),
    ),
    ints(
      'nodes_featureids',
      nodes.map((node) => Math.max(0, node.feature)),
    ),
    ints(
      'nodes_missing_value_tracks_true',
      nodes.map((node) => Number(node.missingLeft)),
    ),
    strings(
      'nodes_modes',
      nodes.map((node) => (node.feature < 0 ? 'LEAF' : 'BRANCH_LEQ')),
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
      nodes.map((node) => Math.max(0, node.left)),
    ),
    floats(
      'nodes_values',
      nodes.map((node) => node.threshold),
    ),
    { name: 'post_transform', type: type.STRING, s: Buffer.from('LOGISTIC') },
  ];
}
