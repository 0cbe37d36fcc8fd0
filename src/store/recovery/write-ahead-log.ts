import { existsSync, readFileSync } from 'node:fs';

const headerBytes = 32;
const frameHeaderBytes = 24;
const magic = 0x377f0682;

export interface WriteAheadLog {
  readonly pageSize: number;
  /** The last committed content of each page that the log holds. */
  readonly pages: ReadonlyMap<number, Buffer>;
  /** Pages of the database after the last commit; 0 without one. */
  readonly pageCount: number;
}

/**
 * What a write-ahead log (SQLite file format, section 4) adds to its database. Frames whose checksum is wrong are passed over
 * and those behind them still read, which SQLite itself would not do: every frame's checksum goes on from the one stored
 * before it.
 * @returns undefined where there is no log, or it is none
 */
export function readWriteAheadLog(path: string): WriteAheadLog | undefined {
  if (!existsSync(path)) return undefined;
  const log = readFileSync(path);
  if (log.length < headerBytes) return undefined;
  const kind = log.readUInt32BE(0);
  if ((kind & ~1) >>> 0 !== magic) return undefined;
  const pageSize = log.readUInt32BE(8);
  if (pageSize < 512 || pageSize > 65_536) return undefined;
  const littleEndian = (kind & 1) === 0;
  const salts = log.subarray(16, 24);
  const pages = new Map<number, Buffer>();
  let pending = new Map<number, Buffer>();
  let pageCount = 0;
  let before: Sums = [log.readUInt32BE(24), log.readUInt32BE(28)];
  for (
    let at = headerBytes;
    at + frameHeaderBytes + pageSize <= log.length;
    at += frameHeaderBytes + pageSize
  ) {
    if (!log.subarray(at + 8, at + 16).equals(salts)) break;
    const page = log.subarray(at + frameHeaderBytes, at + frameHeaderBytes + pageSize);
    const stored: Sums = [log.readUInt32BE(at + 16), log.readUInt32BE(at + 20)];
    const computed = checksum(checksum(before, log.subarray(at, at + 8), littleEndian), page, littleEndian);
    before = stored;
    if (computed[0] !== stored[0] || computed[1] !== stored[1]) continue;
    pending.set(log.readUInt32BE(at), page);
    const committed = log.readUInt32BE(at + 4);
    if (committed === 0) continue;
    for (const [number, content] of pending) pages.set(number, content);
    pending = new Map();
    pageCount = committed;
  }
  return { pageSize, pages, pageCount };
}

type Sums = readonly [number, number];

function checksum(start: Sums, bytes: Buffer, littleEndian: boolean): Sums {
  let [first, second] = start;
  const word = (at: number) => (littleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  for (let at = 0; at < bytes.length; at += 8) {
    first = (first + word(at) + second) >>> 0;
    second = (second + word(at + 4) + first) >>> 0;
  }
  return [first, second];
}
