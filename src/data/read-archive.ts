import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createZstdDecompress } from 'node:zlib';
import { extract } from 'tar-stream';

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
