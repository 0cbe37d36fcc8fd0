import { readTable, type Table } from '../../data/index.ts';
import { artifactPath, type ModelVersion } from '../../registry/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { rowKeys } from '../training/row-keys.ts';

/**
 * Which rows of `rows` a version learned from, by the values of its features: for a version whose training rows had no
 * times, nothing else tells them from new ones. Only the keys of `rows` are held in memory.
 * @returns indices into `rows`
 */
export async function learnedRows(
  workspace: Workspace,
  version: ModelVersion,
  rows: Table,
): Promise<ReadonlySet<number>> {
  if (version.referenceSha256 === null) return new Set();
  const kept = await readTable(artifactPath(workspace.paths.artifacts, version.referenceSha256, 'parquet'));
  const wanted = new Map<string, number[]>();
  const keyOf = rowKeys(rows, version.features);
  for (let row = 0; row < rows.rows; row++) {
    const key = keyOf(row);
    const same = wanted.get(key);
    if (same === undefined) wanted.set(key, [row]);
    else same.push(row);
  }
  const learned = new Set<number>();
  const keptKey = rowKeys(kept, version.features);
  for (let row = 0; row < kept.rows; row++)
    for (const found of wanted.get(keptKey(row)) ?? []) learned.add(found);
  return learned;
}
