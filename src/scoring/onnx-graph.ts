import onnxProto, { type onnx as Onnx } from 'onnx-proto';
import { DataError } from '../platform/errors.ts';

const { onnx } = onnxProto;

export type ModelProto = Onnx.ModelProto;
export type Graph = Onnx.IGraphProto;
export type GraphNode = Onnx.INodeProto;

/** @throws DataError when the bytes are no ONNX model, or stop in the middle of one. */
export function decodeModel(content: Uint8Array): { readonly model: ModelProto; readonly graph: Graph } {
  const refuse = (why: string) =>
    new DataError('the file is not an ONNX model', {
      why,
      remedy: 'export the model to ONNX again, or check that the file is whole',
    });
  if (content.length === 0) throw refuse('it is empty');
  let model: ModelProto;
  try {
    model = onnx.ModelProto.decode(content);
  } catch {
    throw refuse('it is cut off, or of another format');
  }
  const { graph } = model;
  if (graph === null || graph === undefined || (graph.node ?? []).length === 0)
    throw refuse('it holds no graph');
  return { model, graph };
}

export function encodeModel(model: ModelProto): Uint8Array {
  return onnx.ModelProto.encode(model).finish();
}

/** The attributes of one node, by name, as JavaScript values; one that is absent is empty. */
export function attributesOf(node: GraphNode) {
  const attributes = new Map((node.attribute ?? []).map((each) => [each.name, each]));
  const decode = (bytes: Uint8Array | null | undefined) => Buffer.from(bytes ?? []).toString('utf8');
  return {
    ints: (name: string): readonly number[] => (attributes.get(name)?.ints ?? []).map(Number),
    floats: (name: string): readonly number[] => attributes.get(name)?.floats ?? [],
    /** In 32 bits, or as a tensor in 64. */
    numbers: (name: string): readonly number[] =>
      attributes.get(`${name}_as_tensor`)?.t?.doubleData ?? attributes.get(name)?.floats ?? [],
    strings: (name: string): readonly string[] => (attributes.get(name)?.strings ?? []).map(decode),
    text: (name: string): string => decode(attributes.get(name)?.s),
  };
}

/** Labels of the classes a node tells apart, in the order of its probabilities; empty where it names none. */
export function classLabels(node: GraphNode): readonly (number | string)[] {
  const { ints, strings } = attributesOf(node);
  const labels = [ints('classlabels_int64s'), ints('classlabels_ints'), strings('classlabels_strings')];
  return labels.find((each) => each.length > 0) ?? [];
}
