/** A value as a SQLite record holds it; blobs are in no table of ours. */
export type StoredValue = number | string | null;

export interface Varint {
  readonly value: number;
  /** Offset behind it. */
  readonly next: number;
}

/** SQLite's variable-length integer: seven bits a byte, the ninth byte whole; undefined past `end` or above 2^53. */
export function readVarint(bytes: Buffer, offset: number, end: number): Varint | undefined {
  let value = 0;
  for (let index = 0; index < 9; index++) {
    const at = offset + index;
    const byte = at < end ? bytes[at] : undefined;
    if (byte === undefined) return undefined;
    if (index === 8) return undefined;
    value = value * 128 + (byte & 127);
    if (byte < 128) return value <= Number.MAX_SAFE_INTEGER ? { value, next: at + 1 } : undefined;
  }
  return undefined;
}

/**
 * Values of one record (SQLite file format, section 2.1).
 * @returns undefined where its header and its length do not agree, or it holds what no table of ours holds
 */
export function readRecord(payload: Buffer): readonly StoredValue[] | undefined {
  const header = readVarint(payload, 0, payload.length);
  if (header === undefined || header.value > payload.length || header.value < header.next) return undefined;
  const values: StoredValue[] = [];
  let body = header.value;
  for (let at = header.next; at < header.value; ) {
    const type = readVarint(payload, at, header.value);
    if (type === undefined) return undefined;
    at = type.next;
    const size = sizeOf(type.value);
    if (size === undefined || body + size > payload.length) return undefined;
    const value = readValue(payload, type.value, body, size);
    if (value === undefined) return undefined;
    values.push(value);
    body += size;
  }
  return body === payload.length ? values : undefined;
}

const integerSizes = [0, 1, 2, 3, 4, 6, 8];
const real = 7;
const zero = 8;
const one = 9;
const firstText = 13;

function sizeOf(type: number): number | undefined {
  if (type <= 6) return integerSizes[type];
  if (type === real) return 8;
  if (type === zero || type === one) return 0;
  return type >= firstText && type % 2 === 1 ? (type - firstText) / 2 : undefined;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function readValue(payload: Buffer, type: number, at: number, size: number): StoredValue | undefined {
  if (type === 0) return null;
  if (type === zero) return 0;
  if (type === one) return 1;
  if (type === real) {
    const value = payload.readDoubleBE(at);
    return Number.isNaN(value) ? undefined : value;
  }
  if (type < real) return readInteger(payload, at, size);
  try {
    return utf8.decode(payload.subarray(at, at + size));
  } catch {
    return undefined;
  }
}

function readInteger(payload: Buffer, at: number, size: number): number | undefined {
  if (size <= 6) return payload.readIntBE(at, size);
  const value = Number(payload.readBigInt64BE(at));
  return Number.isSafeInteger(value) ? value : undefined;
}
