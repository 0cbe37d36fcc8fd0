import { advanceEscalations } from '../../alerting/escalation/advance-escalations.ts';
import { deliverMessages } from '../../alerting/outbox/deliver.ts';
import type { DeliveryReport } from '../../data/results/alerts.ts';
import type { Clock } from '../../platform/clock.ts';
import { openStore, retryRefused, type Store, undelivered, unendedEscalations } from '../../store/index.ts';
import type { Workspace } from '../../workspace/index.ts';

export interface DeliveryRequest {
  /** Messages that a receiver refused are tried again too. */
  readonly again: boolean;
}

/** Passes on escalations that nobody took in time, then sends what the outbox holds and is due. */
export async function deliverWorkspace(
  workspace: Workspace,
  { again }: DeliveryRequest,
  clock: Clock,
  signal: AbortSignal,
): Promise<DeliveryReport> {
  using store = openStore(workspace.paths.store, { create: false });
  if (again) store.change(() => retryRefused(store, clock.now()));
  if (unendedEscalations(store).length > 0)
    store.change(() => advanceEscalations(store, workspace.config, clock.now()));
  return await deliverMessages(store, workspace, clock, signal);
}

/** One attempt at the end of a run that has other work to do: what fails stays in the outbox, and fails nothing. */
export async function deliverMeanwhile(
  store: Store,
  workspace: Workspace,
  clock: Clock,
  signal: AbortSignal,
  tell: (line: string) => void,
): Promise<void> {
  if (workspace.config.alerts.channels.length === 0 || undelivered(store).length === 0) return;
  try {
    const { sent, failed } = await deliverMessages(store, workspace, clock, signal);
    for (const { channel, subject } of sent) tell(`told ${channel}: ${subject}`);
    for (const { channel, error } of failed)
      tell(`${channel} was not reached: ${error}; it is tried again: mlops alerts deliver`);
  } catch (error) {
    tell(
      `alerts were not sent: ${error instanceof Error ? error.message : String(error)}; try: mlops alerts deliver`,
    );
  }
}
