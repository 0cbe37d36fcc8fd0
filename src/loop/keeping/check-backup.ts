import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { hashFile } from '../../data/hash-file.ts';
import { type Backup, manifestName } from './backup-manifest.ts';
import { filesIn } from './backup-workspace.ts';

/** Where the files of a backup are not those that its manifest names, a sentence each. */
export async function backupProblems(
  { folder, manifest }: Backup,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const named = new Set([manifestName, ...manifest.files.map((file) => file.path)]);
  const problems = filesIn(folder)
    .filter((path) => !named.has(path))
    .map((path) => `${path} is no part of the backup`);
  for (const file of manifest.files) {
    const path = join(folder, file.path);
    if (!existsSync(path)) problems.push(`${file.path} is missing`);
    else {
      const found = await hashFile(path, signal);
      if (found.sha256 !== file.sha256)
        problems.push(
          `${file.path} was altered: its sha256 is ${found.sha256}, the manifest says ${file.sha256}`,
        );
    }
  }
  return problems;
}
