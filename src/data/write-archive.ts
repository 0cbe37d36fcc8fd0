import {
  createReadStream,
  createWriteStream,
  lstatSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGzip, createZstdCompress } from 'node:zlib';
import { pack } from 'tar-stream';
import { fromSystemError, UsageError } from '../platform/errors.ts';

export interface ArchiveEntry {
  readonly name: string;
  /** The bytes, or the path of the file that has them. */
  readonly content: Uint8Array | string;
  /** Epoch milliseconds. */
  readonly modifiedAt: number;
}

export interface ArchiveForm {
  readonly compression: 'gzip' | 'zstd';
  /** Who may read it; by default whoever the process lets. */
  readonly mode?: number;
}

/**
 * Writes a compressed tar archive, whole or not at all and flushed to the disk; what stood at `path` before is replaced. Nothing of
 * this machine stands in it: no owner, no times but those given.
 * @throws InputOutputError when it cannot be written; what the signal was aborted with
 */
export async function writeArchive(
  path: string,
  entries: readonly ArchiveEntry[],
  { compression, mode = 0o666 }: ArchiveForm,
  signal: AbortSignal,
): Promise<void> {
  const fresh = `${path}.${process.pid}.tmp`;
  const compress = compression === 'gzip' ? createGzip() : createZstdCompress();
  const archive = pack();
  const fill = async () => {
    for (const { name, content, modifiedAt } of entries) {
      const header = { name, mtime: new Date(modifiedAt), mode: 0o644, uid: 0, gid: 0 };
      if (typeof content === 'string') {
        const entry = archive.entry({ ...header, size: statSync(content).size });
        await pipeline(createReadStream(content), entry, { signal });
      } else archive.entry(header, Buffer.from(content));
    }
    archive.finalize();
  };
  try {
    await Promise.all([
      pipeline(archive, compress, createWriteStream(fresh, { flush: true, mode }), { signal }),
      fill().catch((error: unknown) => {
        archive.destroy(error instanceof Error ? error : new Error(String(error)));
        throw error;
      }),
    ]);
    renameSync(fresh, path);
  } catch (error) {
    signal.throwIfAborted();
    throw fromSystemError(error, `${path} cannot be written`);
  } finally {
    rmSync(fresh, { force: true });
  }
}

/** A file, or every file below a folder, as entries; links and devices are left out. */
export function archiveEntriesOf(path: string, name: string): readonly ArchiveEntry[] {
  const stat = lstatSync(path);
  if (stat.isFile()) return [{ name, content: path, modifiedAt: stat.mtimeMs }];
  if (!stat.isDirectory()) return [];
  return readdirSync(path)
    .toSorted()
    .flatMap((each) => archiveEntriesOf(`${path}/${each}`, `${name}/${each}`));
}

/** @throws UsageError when the name ends as no archive does */
export function archiveCompression(path: string): ArchiveForm['compression'] {
  if (/\.(?:tar\.gz|tgz)$/.test(path)) return 'gzip';
  if (/\.(?:tar\.zst|tzst)$/.test(path)) return 'zstd';
  throw new UsageError(`'${path}' is no name of an archive`, {
    remedy: 'let it end in .tar.gz or .tar.zst',
  });
}
