import onnxProto from 'onnx-proto';
import { modelMetadata } from '../scoring/index.ts';
import { calibrationGraph } from './calibration/onnx-calibration.ts';
import type { Model } from './model.ts';
import { logisticGraph, logOddsGraph } from './onnx-logistic.ts';
import { cast } from './onnx-operators.ts';
import { treeEnsemble, treeSums } from './onnx-trees.ts';

const { onnx } = onnxProto;
const floatType = onnx.TensorProto.DataType.FLOAT;
const doubleType = onnx.TensorProto.DataType.DOUBLE;
const int64Type = onnx.TensorProto.DataType.INT64;
const opsetVersion = 15;
const mlOpsetVersion = 3;
const irVersion = 8;

/**
 * A model as ONNX: one float tensor `features` [rows, features] in, `label` [rows] and `probabilities` [rows, 2] out, by
 * operators that any ONNX Runtime since version 1.8 has. The same model gives the same bytes.
 * @param threshold probability from which the outcome is 1; kept with the feature names in the model's metadata
 */
export function encodeOnnx(model: Model, threshold: number): Uint8Array {
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
      ...graphOf(model),
      input: [tensor('features', floatType, width)],
      output: [tensor('label', int64Type), tensor('probabilities', floatType, 2)],
    },
  });
  return onnx.ModelProto.encode(message).finish();
}

function graphOf(model: Model) {
  if (model.calibration === undefined) return ownGraph(model);
  const score = scoreGraph(model);
  const calibration = calibrationGraph(model.calibration);
  return {
    name: model.kind,
    initializer: [...score.initializer, ...calibration.initializer],
    node: [...score.node, ...calibration.node],
  };
}

function ownGraph(model: Model) {
  switch (model.kind) {
    case 'boosted_trees':
      return { name: model.kind, node: [treeEnsemble(model.trees, 'LOGISTIC')] };
    case 'random_forest':
      return { name: model.kind, node: [treeEnsemble(model.trees, 'NONE')] };
    case 'logistic_regression':
      return { name: model.kind, ...logisticGraph(model) };
  }
}

/** What a calibration is made from, as `score` [rows, 1] in 32 bits. */
function scoreGraph(model: Model) {
  if (model.kind === 'logistic_regression') return logOddsGraph(model, 'score');
  const node = [
    cast('features', 'exact_features', doubleType),
    treeSums(model.trees, 'exact_features', 'score'),
  ];
  return { initializer: [], node };
}
