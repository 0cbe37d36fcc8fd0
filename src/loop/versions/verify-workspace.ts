import type { Verification } from '../../data/results/verify.ts';
import { checkVersion } from '../../health/golden-rows.ts';
import { MlopsError, messageWithCause } from '../../platform/errors.ts';
import { listVersions, type ModelVersion, readArtifact } from '../../registry/index.ts';
import { auditProblems, openForReading, stageProblems, storeProblems } from '../../store/index.ts';
import type { Workspace } from '../../workspace/index.ts';

/** The store's own integrity, the audit chain, stages and their history, and every version's artifact, golden rows and kept training rows. */
export async function verifyWorkspace(workspace: Workspace): Promise<Verification> {
  const { artifacts } = workspace.paths;
  using store = openForReading(workspace.paths.store);
  const audit = auditProblems(store);
  const problems = [...storeProblems(store), ...audit.problems, ...stageProblems(store)];
  const versions = listVersions(store);
  const kept = keptTables(versions);
  for (const version of versions) {
    problems.push(...(await problemsOf(() => checkVersion(version, artifacts))));
  }
  for (const hash of kept)
    problems.push(...(await problemsOf(() => readArtifact(artifacts, hash, 'parquet'))));
  return {
    status: problems.length === 0 ? 'OK' : 'CRITICAL',
    events: audit.events,
    artifacts: versions.length,
    kept_tables: kept.size,
    problems,
  };
}

function keptTables(versions: readonly ModelVersion[]): ReadonlySet<string> {
  const hashes = versions.flatMap(({ referenceSha256, baseSha256 }) => [referenceSha256, baseSha256]);
  return new Set(hashes.filter((hash) => hash !== null));
}

async function problemsOf(check: () => unknown): Promise<readonly string[]> {
  try {
    await check();
    return [];
  } catch (error) {
    if (!(error instanceof MlopsError)) throw error;
    return [messageWithCause(error)];
  }
}
