import { existsSync } from 'node:fs';
import { featureNames, fieldsWithRole, readSchema, type TableSchema } from '../data/index.ts';
import type { Workspace } from '../workspace/index.ts';

/** The workspace's Table Schema; undefined while its file is not there. @throws ConfigurationError when it is no schema */
export function workspaceSchema(workspace: Workspace): TableSchema | undefined {
  return existsSync(workspace.schemaPath) ? readSchema(workspace.schemaPath) : undefined;
}

/** Column with the true outcome: the one named, else the configuration's, else the schema's. */
export function targetColumn(
  workspace: Workspace,
  schema: TableSchema | undefined,
  named: string | undefined,
): string | undefined {
  const inSchema = schema === undefined ? undefined : fieldsWithRole(schema, 'target')[0]?.name;
  return named ?? workspace.config.model.target ?? inSchema;
}

/** The schema with only the fields of those features, as a version keeps it; null when a feature is not in it. */
export function schemaOfFeatures(
  schema: TableSchema | undefined,
  features: readonly string[],
): TableSchema | null {
  if (schema === undefined) return null;
  const known = featureNames(schema);
  if (features.some((name) => !known.includes(name))) return null;
  return { ...schema, fields: schema.fields.filter((field) => features.includes(field.name)) };
}
