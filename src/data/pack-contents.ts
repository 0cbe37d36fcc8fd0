import { createWriteStream, renameSync, rmSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGzip, createZstdCompress } from 'node:zlib';
import { pack } from 'tar-stream';
import { fromSystemError, UsageError } from '../platform/errors.ts';
import { type FileDigest, hashFile } from './hash-file.ts';

export interface ArchiveEntry {
  readonly name: string;
  readonly content: Uint8Array;
}

/** @throws UsageError when the name ends in neither */
export function archiveCompression(path: string): 'gzip' | 'zstd' {
  if (/\.(?:tar\.gz|tgz)$/.test(path)) return 'gzip';
  if (/\.(?:tar\.zst|tzst)$/.test(path)) return 'zstd';
  throw new UsageError(`'${path}' is no name of an archive`, {
    remedy: 'let it end in .tar.gz or .tar.zst',
  });
}

/**
 * Writes a compressed tar archive, whole or not at all; what stood at `path` before is replaced.
 * @param at time of every entry, epoch milliseconds
 * @throws InputOutputError when it cannot be written; what the signal was aborted with
 */
export async function packContents(
  path: string,
  entries: readonly ArchiveEntry[],
  at: number,
  signal: AbortSignal,
): Promise<FileDigest> {
  const compress = archiveCompression(path) === 'gzip' ? createGzip() : createZstdCompress();
  const fresh = `${path}.${process.pid}.tmp`;
  const archive = pack();
  for (const { name, content } of entries)
    archive.entry({ name, mtime: new Date(at), mode: 0o644 }, Buffer.from(content));
  archive.finalize();
  try {
    await pipeline(archive, compress, createWriteStream(fresh, { flush: true, mode: 0o600 }), { signal });
    renameSync(fresh, path);
    return await hashFile(path, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw fromSystemError(error, `${path} cannot be written`);
  } finally {
    rmSync(fresh, { force: true });
  }
}
