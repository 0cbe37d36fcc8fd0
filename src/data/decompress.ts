import { closeSync, createReadStream, createWriteStream, openSync, readSync, statSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { DataError, fromSystemError, systemErrorCode } from '../platform/errors.ts';

export interface Compression {
  readonly name: string;
  readonly mark: Buffer;
  readonly open: typeof createGunzip | typeof createZstdDecompress;
}

const compressions: readonly Compression[] = [
  { name: 'gzip', mark: Buffer.from('1f8b', 'hex'), open: createGunzip },
  { name: 'Zstandard', mark: Buffer.from('28b52ffd', 'hex'), open: createZstdDecompress },
];

/** How a file is compressed, by its first bytes; undefined where it is not, and for what is no file or cannot be read. */
export function compressionOf(path: string): Compression | undefined {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return undefined;
  const head = Buffer.alloc(4);
  try {
    const descriptor = openSync(path, 'r');
    try {
      readSync(descriptor, head);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return undefined;
  }
  return compressions.find(({ mark }) => head.subarray(0, mark.length).equals(mark));
}

/**
 * Writes the content of a compressed file to another one.
 * @param name what messages call the file
 * @throws DataError for a file that is cut short or damaged; InputOutputError where the content cannot be kept
 */
export async function decompress(
  { from, to, name }: { readonly from: string; readonly to: string; readonly name: string },
  compression: Compression,
  signal: AbortSignal | undefined,
): Promise<void> {
  try {
    await pipeline(createReadStream(from), compression.open(), createWriteStream(to), { signal });
  } catch (error) {
    signal?.throwIfAborted();
    const code = systemErrorCode(error);
    if (code === 'Z_BUF_ERROR') {
      throw new DataError(`${name} is cut short`, {
        why: `its ${compression.name} compression goes on where the file ends`,
        remedy: 'copy or write it again',
      });
    }
    if (code !== undefined && /^(Z_|ZSTD_)/.test(code)) {
      throw new DataError(`${name} is damaged`, {
        why: `its ${compression.name} compression: ${error instanceof Error ? error.message : code}`,
        remedy: 'copy or write it again',
      });
    }
    throw fromSystemError(error, `the content of ${name} cannot be kept in a temporary file`);
  }
}
