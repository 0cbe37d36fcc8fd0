import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { hashFile } from '../../data/hash-file.ts';
import { readTable, type Table, textFields } from '../../data/index.ts';
import { whileUnchanged } from '../../data/while-unchanged.ts';
import { type Feature, featureTypes, schemaFeatureTypes } from '../../drift/index.ts';
import { ConfigurationError } from '../../platform/errors.ts';
import { artifactPath, type ModelVersion } from '../../registry/index.ts';
import type { PredictionWindow } from '../../store/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { workspaceSchema } from '../workspace-schema.ts';
import { cachedReference } from './reference-cache.ts';

export interface ReferenceData {
  readonly kind: 'found';
  /** What messages call it. */
  readonly name: string;
  readonly table: Table;
  /** Of the file that it was read from; earlier predictions have none. */
  readonly sha256?: string;
  /** Where it is an earlier window of predictions, these. */
  readonly earlier?: PredictionWindow;
}

/** A reference that every window can be compared with. */
export interface FileReference extends ReferenceData {
  readonly sha256: string;
}

export interface MissingReference {
  readonly kind: 'missing';
  readonly name: string;
  readonly why: string;
  readonly remedy: string;
}

/** What every window can be compared with: the file that mlops.yaml names, else the rows that Production was trained on. */
export async function referenceData(
  workspace: Workspace,
  production: ModelVersion | undefined,
): Promise<FileReference | MissingReference> {
  const named = workspace.config.monitoring.reference;
  if (named !== undefined) {
    const schema = workspaceSchema(workspace);
    const text = schema === undefined ? [] : textFields(schema);
    const path = resolve(workspace.root, named);
    return whileUnchanged({ path, name: named }, async () => {
      const { sha256 } = await hashFile(path);
      const table = await decoded(workspace, [sha256, ...text], () => readTable(path, { text }));
      return { kind: 'found', name: named, table, sha256 };
    });
  }
  if (production?.referenceSha256 != null) {
    const path = artifactPath(workspace.paths.artifacts, production.referenceSha256, 'parquet');
    return {
      kind: 'found',
      name: `training data of version ${production.version}`,
      table: await decoded(workspace, [production.referenceSha256], () => readTable(path)),
      sha256: production.referenceSha256,
    };
  }
  const why =
    production === undefined
      ? 'no version was in Production then'
      : `version ${production.version} was made elsewhere, without its training data`;
  return {
    kind: 'missing',
    name: 'nothing',
    why: `${why}, and monitoring.reference is not set`,
    remedy: `set monitoring.reference in ${workspace.configurationPath} to a file of training data`,
  };
}

/** Kept in `.mlops/cache`, by the content and the columns that are read as text. */
function decoded(workspace: Workspace, parts: readonly string[], read: () => Promise<Table>): Promise<Table> {
  const key = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return cachedReference(join(workspace.root, '.mlops', 'cache'), key, read);
}

/** @throws ConfigurationError when there is nothing to compare with */
export function requireReference<Found extends ReferenceData>(reference: Found | MissingReference): Found {
  if (reference.kind === 'found') return reference;
  const { why, remedy } = reference;
  throw new ConfigurationError('there is nothing to compare the predictions with', { why, remedy });
}

/** Features and how each is treated: by the version's schema, else the workspace's, else by the columns. */
export function featuresToCompare(
  workspace: Workspace,
  production: ModelVersion | undefined,
  reference: Table,
  current: Table,
): readonly Feature[] {
  const schema = production?.schema ?? workspaceSchema(workspace);
  return schema === undefined ? featureTypes(reference, current) : schemaFeatureTypes(schema);
}
