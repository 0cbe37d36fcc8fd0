import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ExportSubject } from '../../data/results/export.ts';
import { InputOutputError, MlopsError, UsageError } from '../../platform/errors.ts';
import { manifestName, readManifest } from './manifest.ts';

/**
 * Absolute path of the folder that an export may make or replace: one that is not there, an empty one, or an earlier export of
 * the same subject with nothing beside it.
 * @throws InputOutputError when it is a file, UsageError when it holds anything else
 */
export function exportFolder(path: string, subject: ExportSubject): string {
  // Resolved first: an empty path is the current folder, which is there.
  if (!existsSync(resolve(path))) return resolve(path);
  const folder = realpathSync(resolve(path));
  if (!statSync(folder).isDirectory())
    throw new InputOutputError(`${path} is a file`, { remedy: 'name a folder with --to' });
  const entries = readdirSync(folder);
  if (entries.length === 0) return folder;
  const reason = whyNotReplaced(folder, entries, subject);
  if (reason === undefined) return folder;
  throw new UsageError(`${path} is not empty, and is not replaced`, {
    why: reason,
    remedy: 'name a new folder with --to, or remove that one first',
  });
}

function whyNotReplaced(folder: string, entries: readonly string[], subject: ExportSubject) {
  if (!entries.includes(manifestName)) return `it holds ${entries[0]} and no export`;
  try {
    const before = readManifest(join(folder, manifestName));
    const own = [manifestName, ...before.files.map((file) => file.name)];
    const foreign = entries.find((name) => !own.includes(name));
    if (foreign !== undefined) return `it holds ${foreign} beside the export`;
    return before.subject === subject ? undefined : `it holds an export of ${before.subject}`;
  } catch (error) {
    if (error instanceof MlopsError) return error.message;
    throw error;
  }
}
