import type { DeliveryReport } from '../../data/results/alerts.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import {
  claimMessage,
  firstWaiting,
  markFailed,
  markSent,
  type OutboxRow,
  type Store,
  undelivered,
} from '../../store/index.ts';
import {
  type ChannelConfiguration,
  isProcessGone,
  processMark,
  type Workspace,
} from '../../workspace/index.ts';
import type { Delivery } from '../channels/channel.ts';
import { sendThrough } from '../channels/index.ts';
import { notificationDefinition } from '../notifications/notification.ts';
import { retryDelay } from './retry-delay.ts';

/** Milliseconds beyond a channel's own time after which its sender counts as gone. */
const leaseMargin = 30_000;

/**
 * Sends what is due, all channels at once, the messages of each in their order; at the first failure a channel is left for its
 * next try. Several processes may do this together: each claims a message before it sends it.
 *
 * A message is marked as sent after the receiver took it. A crash between the two sends it again, with the same key: PagerDuty
 * and Alertmanager take that for the same event, mail has the same Message-ID, a webhook and a command see the same key.
 */
export async function deliverMessages(
  store: Store,
  workspace: Workspace,
  clock: Clock,
  signal: AbortSignal,
): Promise<DeliveryReport> {
  const { channels } = workspace.config.alerts;
  if (undelivered(store).length > 0) refuseUnknown(store, channels);
  const tries = await Promise.all(
    channels.map((channel) => deliverThrough(store, workspace, channel, clock, signal)),
  );
  const left = undelivered(store);
  return {
    sent: tries.flatMap(({ sent }) => sent.map(told)),
    failed: tries.flatMap(({ failed }) => failed.flatMap((message) => failureOf(left, message))),
    waiting: left.filter(({ state }) => state === 'waiting').length,
    refused: left.filter(({ state }) => state === 'refused').length,
  };
}

function told({ message_id, channel, subject }: OutboxRow) {
  return { id: message_id, channel, subject };
}

function failureOf(left: readonly OutboxRow[], failed: OutboxRow) {
  const row = left.find((each) => each.message_id === failed.message_id);
  if (row === undefined) return [];
  const next_try_at = row.state === 'refused' ? null : toIso(row.next_try_at);
  return [{ ...told(row), error: row.last_error ?? '', next_try_at }];
}

/** Messages for a channel that mlops.yaml no longer has would wait for ever. */
function refuseUnknown(store: Store, channels: readonly ChannelConfiguration[]): void {
  const lost = undelivered(store).filter(
    ({ state, channel }) => state === 'waiting' && !channels.some((each) => each.name === channel),
  );
  if (lost.length === 0) return;
  store.change(() => {
    for (const { message_id, channel } of lost)
      markFailed(store, message_id, `mlops.yaml has no channel '${channel}'`, null);
  });
}

async function deliverThrough(
  store: Store,
  workspace: Workspace,
  channel: ChannelConfiguration,
  clock: Clock,
  signal: AbortSignal,
) {
  const sent: OutboxRow[] = [];
  const failed: OutboxRow[] = [];
  for (;;) {
    signal.throwIfAborted();
    const message = claim(store, channel, clock.now());
    if (message === undefined) return { sent, failed };
    const delivery = await send(workspace, channel, message, clock, signal);
    store.change(() => record(store, workspace, message, delivery, clock.now()));
    if (delivery.kind === 'sent') sent.push(message);
    else failed.push(message);
    if (delivery.kind === 'retry') return { sent, failed };
  }
}

/** Undefined when none is due, or another process is sending the first one. */
function claim(store: Store, channel: ChannelConfiguration, now: number): OutboxRow | undefined {
  if (store.read(() => firstWaiting(store, channel.name, now)) === undefined) return undefined;
  return store.change(() => {
    const first = firstWaiting(store, channel.name, now);
    if (first === undefined) return undefined;
    if (first.lease !== null && !isFree(first, now)) return undefined;
    // The time of a try that was cut off is no reason to wait.
    if (first.lease === null && first.next_try_at > now) return undefined;
    return claimMessage(store, first.message_id, processMark(), now + channel.timeout_ms + leaseMargin);
  });
}

function isFree({ lease, lease_until }: OutboxRow, now: number): boolean {
  return lease === null || lease_until === null || lease_until < now || isProcessGone(lease);
}

function send(
  workspace: Workspace,
  channel: ChannelConfiguration,
  { key, subject, payload }: OutboxRow,
  clock: Clock,
  signal: AbortSignal,
): Promise<Delivery> {
  const notification = notificationDefinition.parse(JSON.parse(payload));
  const context = { root: workspace.root, now: clock.now(), signal };
  return sendThrough(channel, { key, subject, notification }, context);
}

function record(
  store: Store,
  { config }: Workspace,
  { message_id, key, attempts }: OutboxRow,
  delivery: Delivery,
  now: number,
): void {
  if (delivery.kind === 'sent') markSent(store, message_id, now);
  else if (delivery.kind === 'refused') markFailed(store, message_id, delivery.why, null);
  else {
    const wait = retryDelay(config.alerts.delivery, key, attempts, delivery.afterMs);
    markFailed(store, message_id, delivery.why, now + wait);
  }
}
