import onnxProto from 'onnx-proto';
import { int } from './onnx-attributes.ts';

const { DOUBLE, INT64 } = onnxProto.onnx.TensorProto.DataType;

/** A node of ONNX's own operators, named as what it answers. */
export function operator(
  opType: string,
  input: readonly string[],
  output: string,
  attribute: readonly object[] = [],
) {
  return { name: output, opType, input: [...input], output: [output], attribute: [...attribute] };
}

/** @param type of the answer, a `TensorProto.DataType` */
export function cast(input: string, output: string, type: number) {
  return operator('Cast', [input], output, [int('to', type)]);
}

export function int64Tensor(name: string, values: readonly number[]) {
  return { name, dataType: INT64, dims: [values.length], int64Data: [...values] };
}

/** @param dims lengths of its dimensions; none for a single number */
export function doubleTensor(name: string, values: readonly number[], dims: readonly number[]) {
  return { name, dataType: DOUBLE, dims: [...dims], doubleData: [...values] };
}
