import {
  closeSync,
  createReadStream,
  createWriteStream,
  fsyncSync,
  openSync,
  readSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createZstdCompress, createZstdDecompress } from 'node:zlib';
import { extract, pack } from 'tar-stream';

export interface ArchiveContent {
  readonly folder: string;
  /** Names of the files in the folder, in the order that the archive has them. */
  readonly names: readonly string[];
  /** Epoch milliseconds, for every file. */
  readonly modifiedAt: number;
}

/** Writes files into a tar.zst, flushed to the disk; nothing of this machine stands in it: no owner, no times but the one given. */
export async function writeArchive(
  path: string,
  { folder, names, modifiedAt }: ArchiveContent,
  signal: AbortSignal,
): Promise<void> {
  const archive = pack();
  const feed = async () => {
    for (const name of names) {
      const file = join(folder, name);
      const header = {
        name,
        size: statSync(file).size,
        mtime: new Date(modifiedAt),
        mode: 0o644,
        uid: 0,
        gid: 0,
      };
      await pipeline(createReadStream(file), archive.entry(header), { signal });
    }
    archive.finalize();
  };
  await Promise.all([
    pipeline(archive, createZstdCompress(), createWriteStream(path), { signal }),
    feed().catch((error: unknown) => {
      archive.destroy(error instanceof Error ? error : new Error(String(error)));
      throw error;
    }),
  ]);
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Reads a tar.zst from its beginning, file by file; `read` takes the whole content of each before the next comes. */
export async function readArchive(
  path: string,
  read: (name: string, content: AsyncIterable<Uint8Array>) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const entries = extract();
  const piped = pipeline(createReadStream(path), createZstdDecompress(), entries, { signal });
  const walk = async () => {
    for await (const entry of entries) await read(entry.header.name, bytesOf(entry));
  };
  await Promise.all([piped, walk()]);
}

async function* bytesOf(entry: AsyncIterable<unknown>): AsyncIterable<Uint8Array> {
  for await (const part of entry) yield part instanceof Uint8Array ? part : Buffer.from(String(part));
}

const zstdMagic = 0xfd2fb528;

/** Whether the file begins as zstd does. */
export function isZstd(path: string): boolean {
  const start = Buffer.alloc(4);
  const descriptor = openSync(path, 'r');
  try {
    return readSync(descriptor, start) === 4 && start.readUInt32LE() === zstdMagic;
  } finally {
    closeSync(descriptor);
  }
}
