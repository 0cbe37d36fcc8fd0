import type { Verification } from '../../data/results/verify.ts';
import { checkVersion } from '../../health/golden-rows.ts';
import { MlopsError, messageWithCause } from '../../platform/errors.ts';
import { sha256 } from '../../platform/sha256.ts';
import { listVersions, readArtifact } from '../../registry/index.ts';
import {
  auditProblems,
  gateBasesInAudit,
  gateDecisionsSince,
  openForReading,
  type Store,
  stageProblems,
  storeProblems,
} from '../../store/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { keptArtifacts } from '../keeping/kept-artifacts.ts';

/** The store's own integrity, the audit chain, stages and their history, and every version's artifact, golden rows and the rows that versions learned from and decisions were made on. */
export async function verifyWorkspace(workspace: Workspace): Promise<Verification> {
  const { artifacts } = workspace.paths;
  using store = openForReading(workspace.paths.store);
  const audit = auditProblems(store);
  const problems = [
    ...storeProblems(store),
    ...audit.problems,
    ...stageProblems(store),
    ...basisProblems(store),
  ];
  const versions = listVersions(store);
  const kept = keptArtifacts(store).filter(({ kind }) => kind === 'parquet');
  for (const version of versions) {
    problems.push(...(await problemsOf(() => checkVersion(version, artifacts))));
  }
  for (const { hash, kind } of kept)
    problems.push(...(await problemsOf(() => readArtifact(artifacts, hash, kind))));
  return {
    status: problems.length === 0 ? 'OK' : 'CRITICAL',
    events: audit.events,
    artifacts: versions.length,
    kept_tables: kept.length,
    problems,
    notes: audit.gaps.map(({ from, to }) => `audit rows ${from} to ${to} were lost in a recovery`),
  };
}

/** Decisions whose basis is not what the audit says; what a recovery lost of the audit is told elsewhere. */
function basisProblems(store: Store): readonly string[] {
  const said = gateBasesInAudit(store);
  return gateDecisionsSince(store, 0).flatMap(({ decision_id, basis }) => {
    const hash = said.get(decision_id);
    if (hash === undefined || (basis === null ? null : sha256(basis)) === hash) return [];
    return [`what gate decision ${decision_id} was made on was altered: mlops gate replay ${decision_id}`];
  });
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
