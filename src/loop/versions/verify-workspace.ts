import { checkVersion } from '../../health/golden-rows.ts';
import { MlopsError, messageWithCause } from '../../platform/errors.ts';
import type { Verdict } from '../../platform/exit-codes.ts';
import { listVersions, type ModelVersion, readArtifact } from '../../registry/index.ts';
import { auditProblems, openStore, stageProblems, storeProblems } from '../../store/index.ts';
import type { Workspace } from '../../workspace/index.ts';

export interface Verification {
  readonly status: Verdict;
  readonly events: number;
  readonly artifacts: number;
  /** Files of training rows that are kept for comparison. */
  readonly kept_tables: number;
  readonly problems: readonly string[];
  /** What a recovery has written down as lost; nobody altered it. */
  readonly notes: readonly string[];
}

/** The store's own integrity, the audit chain, stages and their history, and every version's artifact, golden rows and kept training rows. */
export async function verifyWorkspace(workspace: Workspace): Promise<Verification> {
  const { artifacts } = workspace.paths;
  using store = openStore(workspace.paths.store, { create: false });
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
    notes: audit.gaps.map(({ from, to }) => `audit rows ${from} to ${to} were lost in a recovery`),
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
