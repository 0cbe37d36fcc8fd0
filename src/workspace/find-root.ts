import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

export const configurationName = 'mlops.yaml';

/** The nearest folder with mlops.yaml in it, from `folder` upwards. */
export function findRoot(folder: string): string | undefined {
  for (let root = resolve(folder); ; root = dirname(root)) {
    if (existsSync(join(root, configurationName))) return root;
    if (root === dirname(root)) return undefined;
  }
}

/** Our own log, a line a command. */
export function commandLogPath(root: string): string {
  return join(root, '.mlops', 'logs', 'mlops.jsonl');
}
