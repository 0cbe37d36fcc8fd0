import { DataError } from '../platform/errors.ts';
import { type GoldenRow, type ModelVersion, readArtifact } from '../registry/index.ts';
import { openScorer } from '../scoring/scorer.ts';
import { readTreeEnsemble } from '../scoring/tree-ensemble.ts';

/**
 * Largest difference of a probability from the one recorded. Boosted trees stay below 1e-6, but ONNX Runtime sums a forest's
 * shares in float32, in an order that depends on rows and threads: a thousand trees differ by 1e-5 from one run to another.
 */
const tolerance = 5e-5;

/**
 * Reads a version's artifact and scores its golden rows again: by our own tree scorer where the model is a tree ensemble,
 * so that a rollback loads no ONNX Runtime, else by ONNX Runtime.
 * @returns how many golden rows were checked
 * @throws DataError when the artifact is damaged or answers otherwise than at registration
 */
export async function checkVersion(version: ModelVersion, artifactsFolder: string): Promise<number> {
  const content = readArtifact(artifactsFolder, version.sha256, 'onnx');
  if (version.golden.length === 0) return 0;
  requireGoldenAnswers(version, await scoreRows(content, version.features, version.golden));
  return version.golden.length;
}

/**
 * @param answers probabilities of the version's golden rows, as its model gives them now
 * @throws DataError when one is not what was recorded at registration
 */
export function requireGoldenAnswers(version: ModelVersion, answers: Float64Array): void {
  for (const [index, golden] of version.golden.entries()) {
    const answer = answers[index] ?? Number.NaN;
    if (Math.abs(answer - golden.probability) <= tolerance) continue;
    throw new DataError(`version ${version.version} does not answer its golden row ${index + 1} as it did`, {
      why: `it gave ${golden.probability} at registration and gives ${answer} now`,
      remedy: 'choose another version: mlops models',
    });
  }
}

async function scoreRows(
  content: Uint8Array,
  features: readonly string[],
  golden: readonly GoldenRow[],
): Promise<Float64Array> {
  const rows = golden.map((each) => Float64Array.from(each.features, (value) => value ?? Number.NaN));
  const ensemble = readTreeEnsemble(content);
  if (ensemble !== undefined) return Float64Array.from(rows, (row) => ensemble.score(row));
  const scorer = await openScorer(content, features);
  try {
    return await scorer.score(Float64Array.from(rows.flatMap((row) => [...row])), rows.length);
  } finally {
    await scorer.close();
  }
}
