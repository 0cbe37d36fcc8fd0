import { join } from 'node:path';
import type { MonitorResult } from '../../data/results/monitor.ts';
import type { Clock } from '../../platform/clock.ts';
import { openStore } from '../../store/index.ts';
import { acquireLease, type Workspace } from '../../workspace/index.ts';
import { prepareMonitoring } from './monitor.ts';

/**
 * One monitoring run, stored with its report.
 * @throws LockedError when another one is at work
 */
export async function monitorWorkspace(
  workspace: Workspace,
  who: string,
  clock: Clock,
  signal: AbortSignal,
): Promise<MonitorResult> {
  using store = openStore(workspace.paths.store, { create: false });
  const lease = acquireLease(join(workspace.root, '.mlops', 'monitor.lease'), {
    clock,
    who: `${who}, monitor`,
  });
  try {
    const prepared = await prepareMonitoring(workspace, store, clock.now(), signal);
    return prepared.record(store, who);
  } finally {
    lease.release();
  }
}
