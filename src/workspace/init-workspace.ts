import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fromSystemError } from '../platform/errors.ts';
import { placeOnce } from '../platform/place-once.ts';
import { type ConfigurationChoices, configurationText } from './configuration-text.ts';
import { configurationName } from './find-root.ts';
import type { InitOutcome } from './init-outcome.ts';
import { workspaceFolders } from './workspace.ts';

export interface NewWorkspace extends ConfigurationChoices {
  readonly folder: string;
}

/** What `initWorkspace` would answer where a workspace is already; undefined where there is none in that folder. */
export function existingWorkspace(folder: string): InitOutcome | undefined {
  const root = resolve(folder);
  const path = join(root, configurationName);
  return existsSync(path) ? { created: false, path, root } : undefined;
}

/**
 * Makes the folder a workspace: `.mlops/` with its folders, then mlops.yaml, commented, whole or not at all.
 *
 * mlops.yaml comes last, so that a crash before it leaves no half workspace. Of several at once one creates it.
 * @throws InputOutputError when the folder cannot be written
 */
export function initWorkspace(wanted: NewWorkspace): InitOutcome {
  const root = resolve(wanted.folder);
  const path = join(root, configurationName);
  const existing = existingWorkspace(root);
  if (existing !== undefined) return existing;
  try {
    for (const folder of workspaceFolders) mkdirSync(join(root, folder), { recursive: true });
    return { created: writeOnce(path, configurationText(wanted)), path, root };
  } catch (error) {
    throw fromSystemError(error, `${root} cannot be made a workspace`);
  }
}

/** False when the file was there already. */
function writeOnce(path: string, text: string): boolean {
  const fresh = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(fresh, text, { flush: true });
    return placeOnce(fresh, path);
  } finally {
    rmSync(fresh, { force: true });
  }
}
