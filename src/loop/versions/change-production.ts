import type { ProductionChange } from '../../data/results/production-change.ts';
import { type Clock, durationSince } from '../../platform/clock.ts';
import { LockedError } from '../../platform/errors.ts';
import {
  findProduction,
  type ModelVersion,
  promoteVersion,
  requireVersion,
  rollbackTarget,
  rollbackVersion,
} from '../../registry/index.ts';
import { openStore } from '../../store/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { checkOrOfferAnother } from './next-good-version.ts';
import { requirePresent } from './require-present.ts';

interface Request {
  readonly reason: string;
  readonly who: string;
  readonly dryRun: boolean;
}

/** Checks the version, then puts it into Production. */
export function promote(
  workspace: Workspace,
  name: string,
  request: Request,
  clock: Clock,
): Promise<ProductionChange> {
  return changeProduction(workspace, request, clock, 'promote', {
    commandFor: (version) => `mlops promote ${version}`,
    choose: (store) => requireVersion(store, name),
    apply: (store, change, unchanged) => promoteVersion(store, name, change, unchanged),
  });
}

/** Checks the version that was Production before, or the one named, then returns to it. */
export function rollback(
  workspace: Workspace,
  name: string | undefined,
  request: Request,
  clock: Clock,
): Promise<ProductionChange> {
  return changeProduction(workspace, request, clock, 'rollback', {
    commandFor: (version) => `mlops rollback --to ${version}`,
    choose: (store) => rollbackTarget(store, name).target,
    apply: (store, change, unchanged) => rollbackVersion(store, name, change, unchanged),
  });
}

type OpenStore = ReturnType<typeof openStore>;

interface Move {
  readonly commandFor: (version: number) => string;
  readonly choose: (store: OpenStore) => ModelVersion;
  readonly apply: (
    store: OpenStore,
    change: Parameters<typeof promoteVersion>[2],
    unchanged: (version: ModelVersion) => void,
  ) => { readonly from: number | null; readonly to: number };
}

async function changeProduction(
  workspace: Workspace,
  request: Request,
  clock: Clock,
  command: string,
  move: Move,
): Promise<ProductionChange> {
  const started = clock.elapsed();
  using store = openStore(workspace.paths.store, { create: false });
  requirePresent(store, clock);
  const target = move.choose(store);
  const goldenRows = await checkOrOfferAnother(store, target, workspace.paths.artifacts, move.commandFor);
  const change = { at: clock.now(), who: request.who, command, reason: request.reason };
  const { from, to } = request.dryRun
    ? planned(store, target)
    : move.apply(store, change, (version) => requireSame(version, target));
  return {
    from: from?.toString() ?? null,
    to: to.toString(),
    reason: request.reason,
    duration_ms: durationSince(clock, started),
    verified: { sha256: target.sha256, golden_rows: goldenRows },
    dry_run: request.dryRun,
  };
}

function planned(store: OpenStore, target: ModelVersion) {
  return { from: findProduction(store)?.version ?? null, to: target.version };
}

/** The check ran before the write lock was held; if somebody changed Production meanwhile, it was of the wrong version. */
function requireSame(version: ModelVersion, checked: ModelVersion): void {
  if (version.version === checked.version) return;
  throw new LockedError('somebody else changed Production just now', {
    why: `version ${checked.version} was checked, and now it would be version ${version.version}`,
    remedy: 'look at mlops models, then run the command again',
  });
}
