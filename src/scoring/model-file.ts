import onnxProto from 'onnx-proto';
import { DataError } from '../platform/errors.ts';
import { type ModelMetadata, readMetadata } from './model-metadata.ts';
import { attributesOf, decodeModel, encodeModel, type Graph, type GraphNode } from './onnx-graph.ts';
import { findProbabilityOutput, type ProbabilityOutput } from './probability-output.ts';

const { DataType } = onnxProto.onnx.TensorProto;

export interface ModelInput {
  readonly name: string;
  readonly type: 'float32' | 'float64' | 'int64';
  /** Columns of the tensor; undefined where the model leaves it open. */
  readonly width: number | undefined;
  /** A tensor of one dimension, [rows], in place of [rows, width]. */
  readonly flat: boolean;
}

export interface ModelFile {
  /** The model as ONNX Runtime's JavaScript binding can run it: a map output is replaced by the tensor it was made from. */
  readonly bytes: Uint8Array;
  readonly inputs: readonly ModelInput[];
  /** The least number of features that its trees read, where that is known; a runtime may read past a shorter row. */
  readonly featuresRead: number;
  readonly output: ProbabilityOutput;
  readonly metadata: ModelMetadata;
}

const inputTypes: Readonly<Record<number, ModelInput['type']>> = {
  [DataType.FLOAT]: 'float32',
  [DataType.DOUBLE]: 'float64',
  [DataType.INT64]: 'int64',
};

/**
 * Reads an ONNX file's graph.
 * @throws DataError when the bytes are no ONNX model, an input is of a type not served, or it is no binary classifier
 */
export function readModelFile(content: Uint8Array): ModelFile {
  const { model, graph } = decodeModel(content);
  const constants = new Set((graph.initializer ?? []).map((each) => each.name));
  const inputs = (graph.input ?? []).filter((each) => !constants.has(each.name)).map(readInput);
  const zipMap = (graph.node ?? []).find((node) => node.opType === 'ZipMap');
  if (zipMap !== undefined) replaceOutput(graph, zipMap);
  const output = findProbabilityOutput(graph);
  if (zipMap !== undefined) graph.node = (graph.node ?? []).filter((node) => node !== zipMap);
  return {
    bytes: zipMap === undefined ? content : encodeModel(model),
    inputs,
    featuresRead: featuresRead(graph, inputs),
    output,
    metadata: readMetadata(model.metadataProps ?? []),
  };
}

function readInput(input: NonNullable<Graph['input']>[number]): ModelInput {
  const tensor = input.type?.tensorType;
  const type = inputTypes[tensor?.elemType ?? -1];
  if (type === undefined) {
    throw new DataError(`input '${input.name}' of the model is not a tensor of float, double or int64`, {
      remedy: 'export it with numeric inputs',
    });
  }
  const dimensions = tensor?.shape?.dim;
  const width = Number(dimensions?.[1]?.dimValue ?? 0);
  const flat = dimensions?.length === 1;
  return { name: input.name ?? '', type, width: flat ? 1 : width > 0 ? width : undefined, flat };
}

/** skl2onnx and LightGBM's converter end in a ZipMap, whose list of maps the JavaScript binding cannot return. */
function replaceOutput(graph: Graph, zipMap: GraphNode): void {
  const source = zipMap.input?.[0] ?? '';
  graph.output = (graph.output ?? []).map((output) =>
    output.name !== zipMap.output?.[0]
      ? output
      : { name: source, type: { tensorType: { elemType: DataType.FLOAT } } },
  );
}

function featuresRead(graph: Graph, [input, ...others]: readonly ModelInput[]): number {
  if (input === undefined || others.length > 0) return 0;
  const trees = (graph.node ?? []).filter(
    (node) => node.opType?.startsWith('TreeEnsemble') && node.input?.[0] === input.name,
  );
  return trees
    .flatMap((node) => attributesOf(node).ints('nodes_featureids'))
    .reduce((most, feature) => Math.max(most, feature + 1), 0);
}
