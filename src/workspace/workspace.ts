import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ConfigurationError } from '../platform/errors.ts';
import type { Configuration } from './configuration.ts';
import { configurationName, findRoot } from './find-root.ts';
import { readConfiguration } from './read-configuration.ts';

/** Absolute paths; every folder lies under `.mlops/`, where `init` makes it. */
export interface WorkspacePaths {
  readonly store: string;
  readonly artifacts: string;
  readonly reports: string;
  readonly logs: string;
  readonly backups: string;
  readonly exports: string;
}

/** One model's folder: its configuration with every default filled in, and where things lie. */
export interface Workspace {
  readonly root: string;
  readonly configurationPath: string;
  readonly config: Configuration;
  /** Absolute path of the Table Schema; the file itself may still be missing. */
  readonly schemaPath: string;
  readonly paths: WorkspacePaths;
}

/** Root of the workspace that `folder` is in: itself or the nearest folder above. @throws ConfigurationError when there is none. */
export function findWorkspace(folder: string): string {
  const start = resolve(folder);
  const root = findRoot(start);
  if (root !== undefined) return root;
  throw new ConfigurationError(`no workspace at ${start}`, {
    why: existsSync(start) ? `there is no ${configurationName} in it or above it` : 'there is no such folder',
    remedy: 'make one with: mlops init --model NAME --schema FILE --yes, or name another with -C DIR',
  });
}

/** The workspace whose mlops.yaml lies in `folder` itself. @throws ConfigurationError when there is none, or it is wrong. */
export function openWorkspaceAt(folder: string): Workspace {
  if (existsSync(join(folder, configurationName))) return openWorkspace(folder);
  throw new ConfigurationError(`${join(folder, configurationName)} is missing`, {
    why: 'the folder has .mlops/ and no configuration',
    remedy: 'restore it, or move the folder out of the pattern',
  });
}

/** The workspace that `folder` is in. @throws ConfigurationError when there is none, or its mlops.yaml is wrong. */
export function openWorkspace(folder: string): Workspace {
  const root = findWorkspace(folder);
  const configurationPath = join(root, configurationName);
  const config = readConfiguration(configurationPath);
  return {
    root,
    configurationPath,
    config,
    schemaPath: resolve(root, config.model.schema),
    paths: workspacePaths(root, config.store.path),
  };
}

function workspacePaths(root: string, store: string): WorkspacePaths {
  const inside = (folder: string) => join(root, '.mlops', folder);
  return {
    store: resolve(root, store),
    artifacts: inside('artifacts'),
    reports: inside('reports'),
    logs: inside('logs'),
    backups: inside('backups'),
    exports: inside('exports'),
  };
}

/** Folders that `init` makes under the root. */
export const workspaceFolders: readonly string[] = ['artifacts', 'reports', 'logs', 'backups', 'exports'].map(
  (folder) => join('.mlops', folder),
);
