import { createReadStream, createWriteStream, lstatSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createZstdCompress } from 'node:zlib';
import { pack } from 'tar-stream';
import { fromSystemError } from '../platform/errors.ts';

export interface ToArchive {
  readonly path: string;
  /** Name inside the archive. */
  readonly name: string;
}

/**
 * Packs files and folders into a tar.zst, whole or not at all; what was there before is replaced at the end.
 * @throws InputOutputError when it cannot be written
 */
export async function packFiles(
  path: string,
  wanted: readonly ToArchive[],
  signal: AbortSignal,
): Promise<void> {
  const fresh = join(dirname(path), `${basename(path)}.${process.pid}.tmp`);
  const files = wanted.flatMap(filesOf);
  const tar = pack();
  try {
    const writing = pipeline(tar, createZstdCompress(), createWriteStream(fresh, { flush: true }), {
      signal,
    });
    const filling = (async () => {
      for (const { path: file, name } of files) {
        const { size, mtime } = lstatSync(file);
        await pipeline(createReadStream(file), tar.entry({ name, size, mtime }), { signal });
      }
      tar.finalize();
    })();
    filling.catch((error) => tar.destroy(error));
    await Promise.all([writing, filling]);
    renameSync(fresh, path);
  } catch (error) {
    signal.throwIfAborted();
    throw fromSystemError(error, `${path} cannot be written`);
  } finally {
    rmSync(fresh, { force: true });
  }
}

/** Links and devices are left out: they are no content of the workspace. */
function filesOf({ path, name }: ToArchive): readonly ToArchive[] {
  const stat = lstatSync(path);
  if (stat.isFile()) return [{ path, name }];
  if (!stat.isDirectory()) return [];
  return readdirSync(path)
    .toSorted()
    .flatMap((each) => filesOf({ path: join(path, each), name: `${name}/${each}` }));
}
