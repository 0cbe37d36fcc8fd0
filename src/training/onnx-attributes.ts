import onnxProto from 'onnx-proto';

const { onnx } = onnxProto;
const type = onnx.AttributeProto.AttributeType;

export function ints(name: string, values: readonly number[]) {
  return { name, type: type.INTS, ints: [...values] };
}

export function floats(name: string, values: readonly number[]) {
  return { name, type: type.FLOATS, floats: [...values] };
}

export function strings(name: string, values: readonly string[]) {
  return { name, type: type.STRINGS, strings: values.map((text) => Buffer.from(text)) };
}

export function text(name: string, value: string) {
  return { name, type: type.STRING, s: Buffer.from(value) };
}

export function int(name: string, value: number) {
  return { name, type: type.INT, i: value };
}

export function float(name: string, value: number) {
  return { name, type: type.FLOAT, f: value };
}

/** Numbers in 64 bits, which `ai.onnx.ml` 3 takes as a tensor only. */
export function doubles(name: string, values: readonly number[]) {
  const t = {
    name,
    dataType: onnx.TensorProto.DataType.DOUBLE,
    dims: [values.length],
    doubleData: [...values],
  };
  return { name, type: type.TENSOR, t };
}
