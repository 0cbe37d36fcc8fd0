import { join } from 'node:path';
import type { GateResult } from '../../data/results/gate.ts';
import type { TrainResult } from '../../data/results/train.ts';
import type { Clock } from '../../platform/clock.ts';
import { InternalError } from '../../platform/errors.ts';
import { acquireLease, type Workspace, waitForLease } from '../../workspace/index.ts';
import { judgeChallenger } from '../gating/judge-challenger.ts';
import { trainWorkspace } from '../training/train-workspace.ts';

export interface RetrainRequest {
  readonly who: string;
  readonly reason: string;
  /** Waits for a heal or another retraining that is at work, in place of giving up. */
  readonly wait: boolean;
  readonly tell: (line: string) => void;
}

/**
 * Trains on the store's labelled predictions, then asks the gate about the new version; promotes nothing. It holds the lease
 * of heal, so that the two never train side by side.
 * @throws LockedError when heal or another retraining is at work and `wait` is false
 */
export async function retrain(
  workspace: Workspace,
  { who, reason, wait, tell }: RetrainRequest,
  clock: Clock,
  signal: AbortSignal,
): Promise<{ readonly train: TrainResult; readonly gate: GateResult }> {
  const path = join(workspace.root, '.mlops', 'heal.lease');
  const holder = { clock, who: `${who}, retrain` };
  const lease = wait ? await waitForLease(path, holder, { signal, tell }) : acquireLease(path, holder);
  try {
    const train = await trainWorkspace(workspace, { who, reason }, clock, signal);
    if (train.version === null) throw new InternalError('the training registered no version');
    tell(`version ${train.version} is in Staging; asking the gate`);
    return {
      train,
      gate: await judgeChallenger(workspace, { challenger: train.version, who }, clock, signal),
    };
  } finally {
    lease.release();
  }
}
