import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { systemErrorCode } from '../platform/errors.ts';

/**
 * Makes a folder and those above it, one by one: Node's recursive mkdir does not end where the system answers ENOENT for a new
 * folder, as in /proc.
 * @returns the highest that was made
 */
export function makeFolders(folder: string): string | undefined {
  if (existsSync(folder)) return undefined;
  const above = makeFolders(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    if (systemErrorCode(error) !== 'EEXIST') throw error;
  }
  return above ?? folder;
}
