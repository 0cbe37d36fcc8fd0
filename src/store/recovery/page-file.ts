import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { readWriteAheadLog } from './write-ahead-log.ts';

/** The pages of a SQLite file with its write-ahead log over them, whatever state they are in; numbered from 1. */
export interface PageFile extends Disposable {
  readonly pageSize: number;
  readonly pageCount: number;
  /** `PRAGMA user_version`; undefined where the file's header is lost. */
  readonly userVersion: number | undefined;
  /** Undefined for a page that is not there. */
  page(number: number): Buffer | undefined;
}

const magic = Buffer.from('SQLite format 3\0', 'latin1');
const headerBytes = 100;
/** What SQLite gives a new file, and every store of ours has. */
const usualPageSize = 4096;

export function openPageFile(path: string): PageFile {
  const file = openSync(path, 'r');
  const log = readWriteAheadLog(`${path}-wal`);
  const bytes = fstatSync(file).size;
  const onDisk = Buffer.alloc(headerBytes);
  readSync(file, onDisk, 0, headerBytes, 0);
  const headers = [log?.pages.get(1), onDisk].filter((each) => each !== undefined);
  const header = headers.find((each) => pageSizeOf(each) !== undefined);
  const pageSize = (header && pageSizeOf(header)) ?? log?.pageSize ?? usualPageSize;
  const pagesOnDisk = Math.ceil(bytes / pageSize);
  const close = () => closeSync(file);
  return {
    pageSize,
    pageCount: Math.max(pagesOnDisk, log?.pageCount ?? 0),
    userVersion: header?.readUInt32BE(60),
    page: (number) => {
      const newer = log?.pages.get(number);
      if (newer !== undefined) return newer;
      if (number < 1 || number > pagesOnDisk) return undefined;
      const page = Buffer.alloc(pageSize);
      const read = readSync(file, page, 0, pageSize, (number - 1) * pageSize);
      return read === pageSize ? page : undefined;
    },
    [Symbol.dispose]: close,
  };
}

/** Undefined where these bytes are no header of a SQLite file. */
function pageSizeOf(header: Buffer): number | undefined {
  if (!header.subarray(0, magic.length).equals(magic)) return undefined;
  const stored = header.readUInt16BE(16);
  const size = stored === 1 ? 65_536 : stored;
  const reserved = header[20];
  return size >= 512 && (size & (size - 1)) === 0 && reserved === 0 ? size : undefined;
}
