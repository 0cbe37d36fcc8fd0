import { existsSync, statSync } from 'node:fs';
import type { HealthCheck, HealthResult } from '../data/results/health.ts';
import { type Clock, toIso } from '../platform/clock.ts';
import { DataError, MlopsError, messageWithCause } from '../platform/errors.ts';
import { worstVerdict } from '../platform/exit-codes.ts';
import { findProductionAt } from '../registry/index.ts';
import { openStore, type Store } from '../store/index.ts';
import type { Workspace } from '../workspace/index.ts';
import {
  type Check,
  type Finding,
  type HealthSubject,
  type OpenedStore,
  type StoreSubject,
  unmeasured,
} from './check.ts';
import { healthChecks } from './index.ts';
import { measurePerformance } from './measure-performance.ts';

export interface HealthRequest {
  /** False leaves the services out. */
  readonly network: boolean;
  readonly signal: AbortSignal;
}

/** Milliseconds that a locked store is waited for: health answers rather than waits. */
const storeWaitMs = 1000;

/**
 * Runs every check of the workspace as of the clock's time. A check that fails is a finding too: this answers whatever
 * state the store is in, and throws only what `signal` was aborted with.
 *
 * Disk, artifacts, the machine and services are as they are now; the past has no trace of them. Services are asked last, all at once, so
 * that the work of other checks does not count as their answering time.
 */
export async function examineHealth(
  workspace: Workspace,
  clock: Clock,
  { network, signal }: HealthRequest,
): Promise<HealthResult> {
  const now = clock.now();
  const opened = open(workspace.paths.store);
  try {
    const subject: HealthSubject = { workspace, now, signal, opened };
    const withStore = opened.kind === 'open' ? storeSubject(subject, opened.store) : undefined;
    const checks = healthChecks(workspace);
    const results: HealthCheck[] = [];
    for (const check of checks) {
      if (check.needs === 'network') continue;
      signal.throwIfAborted();
      results.push(await examine(check, subject, withStore));
    }
    if (network) {
      const services = checks.filter((check) => check.needs === 'network');
      results.push(...(await Promise.all(services.map((check) => examine(check, subject, withStore)))));
      signal.throwIfAborted();
    }
    return {
      status: worstVerdict(results.map((each) => each.status)),
      generated_at: toIso(now),
      checks: results,
    };
  } finally {
    if (opened.kind === 'open') opened.store.close();
  }
}

function open(path: string): OpenedStore {
  try {
    requireContent(path);
    return { kind: 'open', store: openStore(path, { create: false, waitMs: storeWaitMs }) };
  } catch (error) {
    return { kind: 'failed', error };
  }
}

/** SQLite takes an empty file for a new database, and opening it would make it one: what was in it would not be missed. */
function requireContent(path: string): void {
  if (!existsSync(path) || statSync(path).size > 0) return;
  throw new DataError(`the store ${path} is empty`, {
    why: 'it was cut off, or never written',
    remedy: 'restore it from a backup',
  });
}

function storeSubject(subject: HealthSubject, store: Store): StoreSubject {
  const { now, workspace } = subject;
  const production = once(() => store.read(() => findProductionAt(store, now)));
  const performance = once(() => {
    const version = production()?.version.toString();
    if (version === undefined) return undefined;
    return store.read(() => measurePerformance(workspace, store, version, now));
  });
  return { ...subject, store, production, performance };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

async function examine(
  check: Check,
  subject: HealthSubject,
  withStore: StoreSubject | undefined,
): Promise<HealthCheck> {
  const { contact, ...finding } = await findingOf(check, subject, withStore);
  return {
    name: check.name,
    ...finding,
    limits: finding.limits ?? null,
    contact: subject.workspace.config.contacts[contact ?? check.contact],
  };
}

async function findingOf(
  check: Check,
  subject: HealthSubject,
  withStore: StoreSubject | undefined,
): Promise<Finding> {
  try {
    if (check.needs !== 'store') return await check.examine(subject);
    return withStore === undefined ? withoutStore : await check.examine(withStore);
  } catch (error) {
    return failed(error);
  }
}

const withoutStore: Finding = {
  ...unmeasured,
  status: 'UNKNOWN',
  summary: 'needs the store',
  remedy: null,
};

/** Damage that a check ran into is CRITICAL; anything else only says that the check could not be made. */
function failed(error: unknown): Finding {
  const known = error instanceof MlopsError ? error : undefined;
  const [firstLine = ''] = String(error).split('\n');
  return {
    ...unmeasured,
    status: error instanceof DataError ? 'CRITICAL' : 'UNKNOWN',
    summary: `cannot be checked: ${known === undefined ? firstLine : messageWithCause(known)}`,
    remedy: known?.remedy ?? 'run mlops verify; it looks at everything that is stored',
  };
}
