import { resolve } from 'node:path';
import { withColumns } from '../../data/column-source.ts';
import { requireNumeric, sampleRows, type Table } from '../../data/index.ts';
import { artifactPath, type ModelVersion } from '../../registry/index.ts';
import { readWindow, type Store } from '../../store/index.ts';
import { randomFrom } from '../../training/random.ts';
import type { Workspace } from '../../workspace/index.ts';

/** Rows that stand for what a version usually sees. */
export interface BackgroundRows {
  /** One value a feature of the version, in its order; NaN is missing. */
  readonly rows: readonly Float64Array[];
  /** What they are, for a reader. */
  readonly what: string;
}

/** So many rows tell the shares at a tree's splits to half a percent. */
const mostRows = 10_000;
const seed = 1;

/**
 * The rows that a version was trained on; for one made elsewhere those that mlops.yaml names as the reference, else the newest
 * predictions of the store. A sample of them where they are many.
 * @returns undefined where there are none
 */
export async function backgroundRows(
  workspace: Workspace,
  store: Store,
  version: ModelVersion,
  now: number,
  signal: AbortSignal,
): Promise<BackgroundRows | undefined> {
  const { features } = version;
  const file = backgroundFile(workspace, version);
  if (file === undefined) {
    const window = readWindow(store, { from: 0, until: now, newest: mostRows, features });
    const known = window.features.columns.length === features.length;
    if (window.rows === 0 || !known) return undefined;
    return { rows: rowsOf(window.features, features), what: 'newest predictions of the store' };
  }
  const sample = await withColumns(file.path, { signal }, (source) =>
    sampleRows(source, features, mostRows, randomFrom(seed)),
  );
  return { rows: rowsOf(sample, features), what: file.what };
}

function backgroundFile(workspace: Workspace, { version, referenceSha256 }: ModelVersion) {
  if (referenceSha256 !== null) {
    const path = artifactPath(workspace.paths.artifacts, referenceSha256, 'parquet');
    return { path, what: `training data of version ${version}` };
  }
  const named = workspace.config.monitoring.reference;
  return named === undefined ? undefined : { path: resolve(workspace.root, named), what: named };
}

/** @throws DataError when a feature is missing or holds text */
export function rowsOf(table: Table, features: readonly string[]): readonly Float64Array[] {
  const columns = features.map((name) => requireNumeric(table, name).values);
  return Array.from({ length: table.rows }, (_, row) =>
    Float64Array.from(columns, (values) => values[row] ?? Number.NaN),
  );
}
