import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { NoInputError } from '../platform/errors.ts';
import { configurationName } from './find-root.ts';

/**
 * Folders that a pattern such as `models/*` names, in the order of their names: workspaces, and what is left of one whose
 * mlops.yaml is gone. Undefined when `folder` is no pattern but one folder.
 * @throws NoInputError when nothing matches
 */
export function matchWorkspaces(folder: string): readonly string[] | undefined {
  if (!/[*?[{]/.test(folder) || existsSync(folder)) return undefined;
  const found = globSync(folder)
    .filter((each) => existsSync(join(each, configurationName)) || existsSync(join(each, '.mlops')))
    .toSorted();
  if (found.length > 0) return found;
  throw new NoInputError(`no workspace matches '${folder}'`, {
    why: `there is no folder of that pattern with ${configurationName} in it`,
    remedy: 'quote the pattern, so that the shell leaves it to mlops, and check it with: ls -d PATTERN',
  });
}
