import onnxProto from 'onnx-proto';
import { DataError } from '../platform/errors.ts';
import { type ModelMetadata, readMetadata } from './model-metadata.ts';

const { onnx } = onnxProto;

export interface ModelInput {
  readonly name: string;
  readonly type: 'float32' | 'float64' | 'int64';
  /** Columns of the tensor; undefined where the model leaves it open. */
  readonly width: number | undefined;
}

export interface ModelFile {
  /** The model as ONNX Runtime's JavaScript binding can run it: a map output is replaced by the tensor it was made from. */
  readonly bytes: Uint8Array;
  readonly inputs: readonly ModelInput[];
  readonly outputs: readonly string[];
  readonly metadata: ModelMetadata;
}

const inputTypes: Readonly<Record<number, ModelInput['type']>> = {
  [onnx.TensorProto.DataType.FLOAT]: 'float32',
  [onnx.TensorProto.DataType.DOUBLE]: 'float64',
  [onnx.TensorProto.DataType.INT64]: 'int64',
};

/** Reads an ONNX file's graph. @throws DataError when the bytes are no ONNX model, or an input is of a type not served. */
export function readModelFile(content: Uint8Array): ModelFile {
  const model = decode(content);
  const graph = model.graph;
  if (graph === null || graph === undefined || (graph.node ?? []).length === 0) {
    throw new DataError('the file is not an ONNX model', {
      why: 'it holds no graph',
      remedy: 'export the model to ONNX again',
    });
  }
  const constants = new Set((graph.initializer ?? []).map((each) => each.name));
  const inputs = (graph.input ?? [])
    .filter((each) => !constants.has(each.name))
    .map((each) => readInput(each));
  const zipMap = (graph.node ?? []).find((node) => node.opType === 'ZipMap');
  if (zipMap !== undefined) replaceByTensor(graph, zipMap);
  return {
    bytes: zipMap === undefined ? content : onnx.ModelProto.encode(model).finish(),
    inputs,
    outputs: (graph.output ?? []).map((each) => each.name ?? ''),
    metadata: readMetadata(model.metadataProps ?? []),
  };
}

function decode(content: Uint8Array) {
  try {
    return onnx.ModelProto.decode(content);
  } catch (error) {
    throw new DataError('the file is not an ONNX model', {
      why: error instanceof Error ? error.message : String(error),
      remedy: 'export the model to ONNX again, or check that the file is whole',
    });
  }
}

type Graph = NonNullable<ReturnType<typeof decode>['graph']>;

function readInput(input: NonNullable<Graph['input']>[number]): ModelInput {
  const tensor = input.type?.tensorType;
  const type = inputTypes[tensor?.elemType ?? -1];
  if (type === undefined) {
    throw new DataError(`input '${input.name}' of the model is not a tensor of float, double or int64`, {
      remedy: 'export it with numeric inputs',
    });
  }
  const width = tensor?.shape?.dim?.[1]?.dimValue;
  return {
    name: input.name ?? '',
    type,
    width: width === null || width === undefined || Number(width) <= 0 ? undefined : Number(width),
  };
}

/** skl2onnx and LightGBM's converter end in a ZipMap, whose list of maps the JavaScript binding cannot return. */
function replaceByTensor(graph: Graph, zipMap: NonNullable<Graph['node']>[number]): void {
  const source = zipMap.input?.[0] ?? '';
  graph.node = (graph.node ?? []).filter((node) => node !== zipMap);
  graph.output = (graph.output ?? []).map((output) =>
    output.name !== zipMap.output?.[0]
      ? output
      : { name: source, type: { tensorType: { elemType: onnx.TensorProto.DataType.FLOAT } } },
  );
}
