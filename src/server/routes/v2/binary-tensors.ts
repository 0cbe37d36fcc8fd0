import { z } from 'zod';
import { Problem } from '../../http/problem.ts';
import type { Tensor } from './tensor.ts';

type Read = (view: DataView, at: number) => unknown;

/** Bytes of an element, and how it is read; little-endian, as the binary tensor data extension has it. */
const readers: Readonly<Record<Exclude<Tensor['datatype'], 'BYTES'>, readonly [bytes: number, read: Read]>> =
  {
    BOOL: [1, (view, at) => view.getUint8(at) !== 0],
    INT8: [1, (view, at) => view.getInt8(at)],
    INT16: [2, (view, at) => view.getInt16(at, true)],
    INT32: [4, (view, at) => view.getInt32(at, true)],
    INT64: [8, (view, at) => Number(view.getBigInt64(at, true))],
    UINT8: [1, (view, at) => view.getUint8(at)],
    UINT16: [2, (view, at) => view.getUint16(at, true)],
    UINT32: [4, (view, at) => view.getUint32(at, true)],
    UINT64: [8, (view, at) => Number(view.getBigUint64(at, true))],
    FP16: [2, (view, at) => view.getFloat16(at, true)],
    FP32: [4, (view, at) => view.getFloat32(at, true)],
    FP64: [8, (view, at) => view.getFloat64(at, true)],
  };

const sized = z.object({ parameters: z.object({ binary_data_size: z.int().nonnegative() }) });

/** Bytes that the tensor has after the JSON; undefined where its data stand in the JSON. */
export function binarySize(tensor: unknown): number | undefined {
  return sized.safeParse(tensor).data?.parameters.binary_data_size;
}

/** The elements of a tensor from its bytes. @throws Problem 400 when they are not whole elements, or texts are cut off */
export function readBinary(datatype: Tensor['datatype'], bytes: Buffer): readonly unknown[] {
  if (datatype === 'BYTES') return readTexts(bytes);
  const [size, read] = readers[datatype];
  if (bytes.length % size !== 0)
    throw new Problem(400, { detail: `${bytes.length} bytes are no whole ${datatype}` });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.length / size }, (_, place) => read(view, place * size));
}

/** Each text has its length in four bytes before it. */
function readTexts(bytes: Buffer): readonly string[] {
  const texts: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = at + 4 <= bytes.length ? bytes.readUInt32LE(at) : Number.NaN;
    if (!(at + 4 + length <= bytes.length))
      throw new Problem(400, { detail: 'a text among the BYTES is cut off' });
    texts.push(bytes.toString('utf8', at + 4, at + 4 + length));
    at += 4 + length;
  }
  return texts;
}
