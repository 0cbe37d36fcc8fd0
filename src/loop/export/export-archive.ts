import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { isZstd } from '../../data/read-archive.ts';
import type { ExportSubject } from '../../data/results/export.ts';
import { writeArchive } from '../../data/write-archive.ts';
import { fromSystemError, MlopsError, UsageError } from '../../platform/errors.ts';
import { readArchiveManifest } from './archive-manifest.ts';
import { manifestName } from './manifest.ts';

export interface FilledFolder {
  /** Names of the files that the manifest names. */
  readonly names: readonly string[];
  /** Epoch milliseconds. */
  readonly generatedAt: number;
}

/**
 * Packs what `fill` writes into one tar.zst, the manifest first; the archive stands whole, or what was there stays.
 * @throws UsageError when something else is there by that name; InputOutputError when it cannot be written
 */
export async function writeExportArchive<T extends FilledFolder>(
  to: string,
  subject: ExportSubject,
  fill: (folder: string) => Promise<T>,
  signal: AbortSignal,
): Promise<T & { readonly path: string }> {
  const path = resolve(to);
  await requireReplaceable(path, subject, signal);
  let folder: string | undefined;
  try {
    mkdirSync(dirname(path), { recursive: true });
    folder = mkdtempSync(join(dirname(path), `.${basename(path)}-`));
    const source = folder;
    const filled = await fill(source);
    const entries = [manifestName, ...filled.names].map((name) => ({
      name,
      content: join(source, name),
      modifiedAt: filled.generatedAt,
    }));
    await writeArchive(path, entries, { compression: 'zstd' }, signal);
    return { ...filled, path };
  } catch (error) {
    signal.throwIfAborted();
    throw fromSystemError(error, `${path} cannot be written`);
  } finally {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  }
}

async function requireReplaceable(path: string, subject: ExportSubject, signal: AbortSignal): Promise<void> {
  if (!existsSync(path)) return;
  const why = await whyNotReplaced(path, subject, signal);
  if (why === undefined) return;
  throw new UsageError(`${path} is there already, and is not replaced`, {
    why,
    remedy: 'name a new file with --to, or remove that one first',
  });
}

async function whyNotReplaced(path: string, subject: ExportSubject, signal: AbortSignal) {
  if (!statSync(path).isFile()) return 'it is no file';
  if (!isZstd(path)) return 'it is no archive of an export';
  try {
    const before = await readArchiveManifest(path, signal);
    return before.subject === subject ? undefined : `it holds an export of ${before.subject}`;
  } catch (error) {
    if (error instanceof MlopsError) return error.message;
    throw error;
  }
}
