import { isUtf8 } from 'node:buffer';
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

/** Each text has its length in so many bytes before it. */
const lengthBytes = 4;

function readTexts(bytes: Buffer): readonly string[] {
  const texts: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = at + lengthBytes <= bytes.length ? bytes.readUInt32LE(at) : Number.NaN;
    if (!(at + lengthBytes + length <= bytes.length))
      throw new Problem(400, { detail: 'a text among the BYTES is cut off' });
    const text = bytes.subarray(at + lengthBytes, at + lengthBytes + length);
    if (!isUtf8(text)) throw new Problem(400, { detail: 'a text among the BYTES is not UTF-8' });
    texts.push(text.toString('utf8'));
    at += lengthBytes + length;
  }
  return texts;
}

export function writeTexts(texts: readonly string[]): Buffer {
  return Buffer.concat(
    texts.flatMap((text) => {
      const content = Buffer.from(text);
      const length = Buffer.alloc(lengthBytes);
      length.writeUInt32LE(content.length);
      return [length, content];
    }),
  );
}
