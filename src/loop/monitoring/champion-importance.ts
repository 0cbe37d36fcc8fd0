import { findColumn, type NumericColumn, type Table } from '../../data/index.ts';
import type { Importance } from '../../drift/index.ts';
import { DataError, NoInputError } from '../../platform/errors.ts';
import { type ModelVersion, readArtifact } from '../../registry/index.ts';
import { readTreeEnsemble } from '../../scoring/index.ts';
import type { Workspace } from '../../workspace/index.ts';

/** So many rows of the reference, evenly spread, tell the gains of a model's splits to a percent or so. */
const rowsAsked = 2_000;

/**
 * How much the version's answers to rows of the reference rest on each of its features: the gains of its trees' splits.
 * Undefined for a model that is no lone tree ensemble, for a reference without its features or rows, and where its file is gone or
 * damaged: that is for health and verify to say.
 */
export function championImportance(
  workspace: Workspace,
  version: ModelVersion | undefined,
  reference: Table,
): Importance | undefined {
  if (version === undefined || reference.rows === 0) return undefined;
  const columns = version.features
    .map((name) => findColumn(reference, name))
    .filter((column): column is NumericColumn => column?.kind === 'numeric');
  if (columns.length < version.features.length) return undefined;
  const step = Math.max(1, reference.rows / rowsAsked);
  const rows = Array.from({ length: Math.min(reference.rows, rowsAsked) }, (_, index) =>
    Float64Array.from(columns, ({ values }) => values[Math.floor(index * step)] ?? Number.NaN),
  );
  const gains = ensembleOf(workspace, version)?.gains(rows, columns.length);
  return gains && new Map(version.features.map((name, index) => [name, gains[index] ?? 0]));
}

function ensembleOf({ paths }: Workspace, version: ModelVersion) {
  try {
    return readTreeEnsemble(readArtifact(paths.artifacts, version.sha256, 'onnx'));
  } catch (error) {
    if (error instanceof NoInputError || error instanceof DataError) return undefined;
    throw error;
  }
}
