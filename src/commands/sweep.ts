import type { Failure } from '../data/results/failure.ts';
import { type Verdict, worstVerdict } from '../platform/exit-codes.ts';
import { matchWorkspaces, openWorkspaceAt, type Workspace } from '../workspace/index.ts';
import type { Session } from './command.ts';
import { describeFailure } from './failure.ts';

export interface Swept<Result> {
  readonly workspace: string;
  readonly status: Verdict;
  readonly result: Result | null;
  readonly failure: Failure | null;
}

export interface Sweep<Result> {
  readonly status: Verdict;
  readonly workspaces: Swept<Result>[];
}

/**
 * Judges each workspace that the session's folder matches, one after the other; a broken one does not stop the others.
 * Undefined when the folder is no pattern.
 */
export async function sweepWorkspaces<Result extends { readonly status: Verdict }>(
  session: Session,
  judge: (workspace: Workspace) => Promise<Result>,
): Promise<Sweep<Result> | undefined> {
  const folders = matchWorkspaces(session.folder);
  if (folders === undefined) return undefined;
  const workspaces: Swept<Result>[] = [];
  for (const folder of folders) {
    session.signal.throwIfAborted();
    workspaces.push(await judgeOne(folder, session, judge));
  }
  return { status: worstVerdict(workspaces.map((each) => each.status)), workspaces };
}

async function judgeOne<Result extends { readonly status: Verdict }>(
  folder: string,
  { signal }: Session,
  judge: (workspace: Workspace) => Promise<Result>,
): Promise<Swept<Result>> {
  try {
    const result = await judge(openWorkspaceAt(folder));
    return { workspace: folder, status: result.status, result, failure: null };
  } catch (error) {
    signal.throwIfAborted();
    return { workspace: folder, status: 'UNKNOWN', result: null, failure: describeFailure(error) };
  }
}
