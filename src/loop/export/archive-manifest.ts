import { createHash } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { readArchive } from '../../data/read-archive.ts';
import type { ExportManifest } from '../../data/results/export.ts';
import { DataError } from '../../platform/errors.ts';
import { manifestName, parseManifest } from './manifest.ts';

export interface ArchivedFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface ReadExportArchive {
  readonly manifest: ExportManifest;
  /** Every other file in it. */
  readonly files: readonly ArchivedFile[];
  /** Why it could not be read to its end. */
  readonly damage: string | undefined;
}

/** @throws DataError when no manifest can be read in it; what `signal` was aborted with */
export async function readExportArchive(path: string, signal: AbortSignal): Promise<ReadExportArchive> {
  let manifest: ExportManifest | undefined;
  const files: ArchivedFile[] = [];
  let damage: string | undefined;
  try {
    await readArchive(
      path,
      async (name, content) => {
        if (name === manifestName) manifest = parseManifest(await text(content), `${path}: ${name}`);
        else files.push({ name, ...(await hashOf(content)) });
      },
      signal,
    );
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof DataError) throw error;
    damage = error instanceof Error ? error.message : String(error);
  }
  if (manifest !== undefined) return { manifest, files, damage };
  throw new DataError(`${path} is no archive of an export`, {
    why: damage ?? 'there is no manifest in it',
    remedy: 'name a file that mlops export --archive wrote',
  });
}

export async function readArchiveManifest(path: string, signal: AbortSignal): Promise<ExportManifest> {
  return (await readExportArchive(path, signal)).manifest;
}

async function hashOf(
  content: AsyncIterable<Uint8Array>,
): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const part of content) {
    hash.update(part);
    bytes += part.length;
  }
  return { bytes, sha256: hash.digest('hex') };
}
