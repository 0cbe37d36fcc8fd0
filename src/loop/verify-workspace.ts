import { checkVersion } from '../health/golden-rows.ts';
import { MlopsError, messageWithCause } from '../platform/errors.ts';
import type { Verdict } from '../platform/exit-codes.ts';
import { listVersions } from '../registry/index.ts';
import { auditProblems, openStore, storeProblems } from '../store/index.ts';
import type { Workspace } from '../workspace/index.ts';

export interface Verification {
  readonly status: Verdict;
  readonly events: number;
  readonly artifacts: number;
  readonly problems: readonly string[];
}

/** The store's own integrity, the audit chain, and every version's artifact and golden rows. */
export async function verifyWorkspace(workspace: Workspace): Promise<Verification> {
  const store = openStore(workspace.paths.store, { create: false });
  try {
    const audit = auditProblems(store);
    const problems = [...storeProblems(store), ...audit.problems];
    const versions = listVersions(store);
    for (const version of versions) {
      try {
        await checkVersion(version, workspace.paths.artifacts);
      } catch (error) {
        if (!(error instanceof MlopsError)) throw error;
        problems.push(messageWithCause(error));
      }
    }
    return {
      status: problems.length === 0 ? 'OK' : 'CRITICAL',
      events: audit.events,
      artifacts: versions.length,
      problems,
    };
  } finally {
    store.close();
  }
}
