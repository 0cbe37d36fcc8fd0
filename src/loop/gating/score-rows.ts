import type { Table } from '../../data/index.ts';
import { readArtifact } from '../../registry/index.ts';
import { openScorer, scoreTable } from '../../scoring/index.ts';
import type { Workspace } from '../../workspace/index.ts';

/**
 * Probability of outcome 1 by the model of that hash, one a row.
 * @param features in the order that the model takes them
 * @throws DataError when the artifact is damaged or a feature is missing, NoInputError when the artifact is gone
 */
export async function scoreRows(
  { paths }: Workspace,
  sha256: string,
  features: readonly string[],
  rows: Table,
): Promise<Float64Array> {
  const content = readArtifact(paths.artifacts, sha256, 'onnx');
  if (rows.rows === 0) return new Float64Array();
  const scorer = await openScorer(content, features);
  try {
    return await scoreTable(scorer, rows);
  } finally {
    await scorer.close();
  }
}
