import type { Table } from '../../data/index.ts';
import { featureTypes, schemaFeatureTypes } from '../../drift/index.ts';
import type { ModelVersion } from '../../registry/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { workspaceSchema } from '../workspace-schema.ts';

/** Features and their types: by the version's schema, else the workspace's, else by the columns. */
export function typesOf(workspace: Workspace, version: ModelVersion, table: Table | undefined) {
  const schema = version.schema ?? workspaceSchema(workspace);
  if (schema !== undefined) return schemaFeatureTypes(schema);
  return table === undefined ? [] : featureTypes(table, table);
}
