import { existsSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { featureNames } from '../../data/index.ts';
import type { RecoverResult } from '../../data/results/recover.ts';
import { writeFileAtomic } from '../../data/write-file-atomic.ts';
import { type Clock, durationSince, fileStamp } from '../../platform/clock.ts';
import { DataError, LockedError, NoInputError, UsageError } from '../../platform/errors.ts';
import type { Verdict } from '../../platform/exit-codes.ts';
import { nextTurn } from '../../platform/next-turn.ts';
import {
  auditHead,
  examineStore,
  type FeatureColumn,
  type Leftover,
  openPageFile,
  openStore,
  type Rebuilt,
  rebuildStore,
  switchStore,
} from '../../store/index.ts';
import { acquireLease, type Workspace } from '../../workspace/index.ts';
import { workspaceSchema } from '../workspace-schema.ts';
import { readBackup, storeInBackup } from './backup-manifest.ts';
import { backupProblems } from './check-backup.ts';
import { freePath } from './free-path.ts';
import { newestBackup } from './list-backups.ts';

export interface RecoverRequest {
  readonly who: string;
  readonly reason: string;
  /** Begin with an empty store where nothing can be read. */
  readonly empty: boolean;
}

const pagesBetweenLooks = 500;

/**
 * Brings everything that a damaged store still holds into a new one, which then takes its place; the damaged file is kept
 * beside it. Until the end nothing is changed.
 * @throws UsageError when the store is whole; NoInputError when it is missing; DataError when nothing of it can be read;
 *   LockedError when another process works on it
 */
export async function recoverStore(
  workspace: Workspace,
  request: RecoverRequest,
  clock: Clock,
  signal: AbortSignal,
): Promise<RecoverResult> {
  const path = workspace.paths.store;
  const started = clock.elapsed();
  requireStore(workspace);
  const { who } = request;
  const lease = acquireLease(join(workspace.root, '.mlops', 'heal.lease'), {
    clock,
    who: `${who}, store recover`,
  });
  const fresh = `${path}.recovering`;
  const removeFresh = () => {
    for (const end of ['', '-wal', '-shm']) rmSync(fresh + end, { force: true });
  };
  try {
    removeFresh();
    const damage = examineStore(path);
    const state = stateOf(path);
    if (damage.length === 0) throw whole(workspace);
    const stamp = fileStamp(clock.now());
    const damaged = freePath(`${path}.damaged-${stamp}`);
    const leftovers: Leftover[] = [];
    const { rebuilt, recordedAs } = await rebuild(workspace, fresh, request, {
      at: clock.now(),
      damaged,
      damage,
      signal,
      keepAside: (each) => leftovers.push(each),
    });
    signal.throwIfAborted();
    if (stateOf(path) !== state) throw writtenMeanwhile(path);
    const leftover = leftovers.length === 0 ? null : `${damaged}.leftover.jsonl`;
    if (leftover !== null)
      writeFileAtomic(leftover, leftovers.map((each) => `${JSON.stringify(each)}\n`).join(''));
    switchStore(path, fresh, damaged);
    return {
      ...resultOf(rebuilt),
      store: path,
      damaged,
      damage: [...damage],
      leftover,
      audit: { gaps: [...rebuilt.audit_gaps], recorded_as: recordedAs },
      notes: notesOn(workspace, rebuilt),
      duration_ms: durationSince(clock, started),
    };
  } finally {
    removeFresh();
    lease.release();
  }
}

interface Work {
  readonly at: number;
  readonly damaged: string;
  readonly damage: readonly string[];
  readonly signal: AbortSignal;
  readonly keepAside: (leftover: Leftover) => void;
}

async function rebuild(workspace: Workspace, fresh: string, request: RecoverRequest, work: Work) {
  using store = openStore(fresh, { create: true });
  using file = openPageFile(workspace.paths.store);
  let pages = 0;
  const rebuilt = await rebuildStore(store, file, {
    change: { at: work.at, who: request.who, reason: request.reason },
    features: featuresOf(workspace),
    keepAside: work.keepAside,
    backup: await usableBackup(workspace, work.signal),
    note: { damaged: work.damaged, damage: work.damage.slice(0, 5) },
    turn: async () => {
      if (pages++ % pagesBetweenLooks === 0) await nextTurn(work.signal);
    },
  });
  if (total(rebuilt, 'recovered') === 0 && !request.empty) throw nothingLegible(workspace, work.damage);
  return { rebuilt, recordedAs: auditHead(store).seq };
}

/** The newest backup's store, where the backup is as it was made. */
async function usableBackup(workspace: Workspace, signal: AbortSignal): Promise<string | undefined> {
  const newest = newestBackup(workspace);
  if (newest === undefined || newest.model !== workspace.config.model.name) return undefined;
  const altered = await backupProblems(readBackup(newest.path), signal);
  return altered.length === 0 ? join(newest.path, storeInBackup) : undefined;
}

/** As a first import would have added them; needed only where the damaged file no longer says. */
function featuresOf(workspace: Workspace): readonly FeatureColumn[] {
  const schema = workspaceSchema(workspace);
  if (schema === undefined) return [];
  const text = new Set(schema.fields.filter((field) => field.type === 'string').map((field) => field.name));
  return featureNames(schema).map((name) => ({ name, type: text.has(name) ? 'TEXT' : 'REAL' }));
}

function total({ tables }: Rebuilt, what: 'recovered' | 'from_backup' | 'lost' | 'aside'): number {
  return tables.filter(({ name }) => name !== 'chain_head').reduce((sum, table) => sum + table[what], 0);
}

function resultOf(
  rebuilt: Rebuilt,
): Pick<RecoverResult, 'status' | 'rows' | 'tables' | 'damaged_pages' | 'problems'> {
  const lost = total(rebuilt, 'lost');
  const aside = total(rebuilt, 'aside');
  const unsure = rebuilt.tables.some(({ exact }) => !exact);
  const status: Verdict =
    rebuilt.problems.length > 0 ? 'CRITICAL' : lost + aside > 0 || unsure ? 'WARNING' : 'OK';
  return {
    status,
    rows: {
      recovered: total(rebuilt, 'recovered'),
      from_backup: total(rebuilt, 'from_backup'),
      lost,
      aside,
    },
    tables: rebuilt.tables.filter(({ recovered, lost, exact }) => recovered + lost > 0 || !exact),
    damaged_pages: rebuilt.damagedPages,
    problems: [...rebuilt.problems],
  };
}

function notesOn(workspace: Workspace, rebuilt: Rebuilt): string[] {
  const lost = (name: string) => rebuilt.tables.find((table) => table.name === name)?.lost ?? 0;
  const notes: string[] = [];
  if (lost('prediction') > 0)
    notes.push(
      'bring lost predictions back from the files they came from: mlops predictions import FILE; what is there stays',
    );
  if (lost('label') > 0) notes.push('bring lost labels back: mlops labels add FILE');
  if (lost('model_version') > 0)
    notes.push(
      'model versions are lost: register their files in .mlops/artifacts again, mlops model register FILE.onnx, or return to a backup',
    );
  const backup = newestBackup(workspace);
  if (rebuilt.tables.some(({ lost, exact }) => lost > 0 || !exact) && backup !== undefined)
    notes.push(
      `the newest backup is ${backup.name}, made ${backup.created_at}; look into a copy of it: mlops backup verify ${backup.name}`,
    );
  return notes;
}

/** Changes when anybody writes to the store. */
function stateOf(path: string): string {
  return [path, `${path}-wal`]
    .map((each) => statSync(each, { throwIfNoEntry: false }))
    .map((stat) => (stat === undefined || stat.size === 0 ? '' : `${stat.ino} ${stat.size} ${stat.mtimeMs}`))
    .join(',');
}

function requireStore(workspace: Workspace): void {
  if (existsSync(workspace.paths.store)) return;
  throw new NoInputError(`the store ${workspace.paths.store} is missing`, {
    remedy: insteadOf(workspace, 'or begin anew with: mlops model register FILE.onnx'),
  });
}

function whole(workspace: Workspace): UsageError {
  return new UsageError(`the store ${workspace.paths.store} is whole; there is nothing to recover`, {
    why: 'SQLite finds every page and every row of it in order',
    remedy:
      'see what else may be wrong: mlops verify, mlops health; an older state comes back with: mlops restore',
  });
}

function nothingLegible(workspace: Workspace, damage: readonly string[]): DataError {
  return new DataError(`nothing of ${workspace.paths.store} can be read`, {
    why: damage[0] ?? 'no page of it is whole',
    remedy: insteadOf(
      workspace,
      'or begin with an empty store, keeping this file: mlops store recover --empty',
    ),
  });
}

function insteadOf(workspace: Workspace, otherwise: string): string {
  const backup = newestBackup(workspace);
  return backup === undefined
    ? `there is no backup in ${workspace.paths.backups}; restore one from elsewhere: mlops restore DIR --replace, ${otherwise}`
    : `restore the newest backup, made ${backup.created_at}: mlops restore ${backup.name} --replace, ${otherwise}`;
}

function writtenMeanwhile(path: string): LockedError {
  return new LockedError(`the store ${path} was written to while it was being recovered`, {
    why: 'another process still works on it',
    remedy:
      'stop what uses it (serving, imports, cron), then run mlops store recover again; nothing was changed',
  });
}
