import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ConfigurationError, fromSystemError } from '../platform/errors.ts';
import { type Configuration, readConfiguration } from './configuration.ts';
import { driftDefaults, minimumSample, trainerDefaults } from './defaults.ts';

export interface Workspace {
  readonly root: string;
  readonly configuration: Configuration;
  readonly schemaPath: string;
  readonly storePath: string;
  readonly artifactsFolder: string;
}

const configurationName = 'mlops.yaml';

/** The workspace of that folder or of the nearest folder above it. @throws ConfigurationError when there is none. */
export function openWorkspace(folder: string): Workspace {
  for (let root = resolve(folder); ; root = dirname(root)) {
    if (existsSync(join(root, configurationName))) return workspaceAt(root);
    if (root === dirname(root)) break;
  }
  throw new ConfigurationError(`no workspace at ${resolve(folder)}`, {
    why: `there is no ${configurationName} in it or above it`,
    remedy: 'make one with: mlops init --model NAME --schema FILE --yes, or name another with -C DIR',
  });
}

function workspaceAt(root: string): Workspace {
  const configuration = readConfiguration(join(root, configurationName));
  const hidden = join(root, '.mlops');
  return {
    root,
    configuration,
    schemaPath: resolve(root, configuration.model.schema),
    storePath: join(hidden, 'store.db'),
    artifactsFolder: join(hidden, 'artifacts'),
  };
}

/** Makes mlops.yaml and .mlops/; with a workspace there already, changes nothing. */
export function initWorkspace(
  folder: string,
  model: string,
  schema: string,
): { readonly created: boolean; readonly path: string } {
  const root = resolve(folder);
  const path = join(root, configurationName);
  if (existsSync(path)) return { created: false, path };
  try {
    mkdirSync(join(root, '.mlops', 'artifacts'), { recursive: true });
    writeFileSync(`${path}.tmp`, configurationText(model, schema));
    renameSync(`${path}.tmp`, path);
  } catch (error) {
    throw fromSystemError(error, `${root} cannot be made a workspace`);
  }
  return { created: true, path };
}

function configurationText(model: string, schema: string): string {
  return `# One workspace is one model. Every number is the operations runbook's; change it here.
model:
  name: ${JSON.stringify(model)}
  # Table Schema of the features, relative to this file.
  schema: ${JSON.stringify(schema)}

monitoring:
  # Fewer rows than this in the window give UNKNOWN.
  minimum_sample: ${minimumSample}
  drift:
    # Shares of drifted features above which the verdict is WARNING, CRITICAL.
    warning_share: ${driftDefaults.warningShare}
    critical_share: ${driftDefaults.criticalShare}

trainer:
  seed: ${trainerDefaults.seed}
  # Share of the rows, the earliest, that a model learns from.
  train_share: ${trainerDefaults.trainShare}
`;
}
