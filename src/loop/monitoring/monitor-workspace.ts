import { join } from 'node:path';
import type { MonitorResult } from '../../data/results/monitor.ts';
import type { Clock } from '../../platform/clock.ts';
import { openStore } from '../../store/index.ts';
import { acquireLease, type Workspace } from '../../workspace/index.ts';
import { deliverMeanwhile } from '../alerting/deliver-workspace.ts';
import { prepareMonitoring } from './monitor.ts';

/**
 * One monitoring run, stored with its report and the alerts it opens and closes; then one attempt to send what waits.
 * @throws LockedError when another one is at work
 */
export async function monitorWorkspace(
  workspace: Workspace,
  who: string,
  clock: Clock,
  signal: AbortSignal,
  tell: (line: string) => void = () => undefined,
): Promise<MonitorResult> {
  using store = openStore(workspace.paths.store, { create: false });
  const lease = acquireLease(join(workspace.root, '.mlops', 'monitor.lease'), {
    clock,
    who: `${who}, monitor`,
  });
  try {
    const prepared = await prepareMonitoring(workspace, store, clock.now(), signal);
    const result = prepared.record(store, who);
    await deliverMeanwhile(store, workspace, clock, signal, tell);
    return result;
  } finally {
    lease.release();
  }
}
