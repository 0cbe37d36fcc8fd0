import { sendThrough } from '../../alerting/channels/index.ts';
import { subjectOf } from '../../alerting/notifications/message-text.ts';
import type { Notification } from '../../alerting/notifications/notification.ts';
import type { ChannelTest } from '../../data/results/alerts.ts';
import { type Clock, durationSince, toIso } from '../../platform/clock.ts';
import { UnavailableError, UsageError } from '../../platform/errors.ts';
import type { Workspace } from '../../workspace/index.ts';

/**
 * Sends a message that says it is a test, at once and not through the outbox.
 * @throws UsageError when mlops.yaml has no such channel; UnavailableError with the reason when it does not take the message
 */
export async function testChannel(
  { root, config }: Workspace,
  name: string,
  clock: Clock,
  signal: AbortSignal,
): Promise<ChannelTest> {
  const channel = config.alerts.channels.find((each) => each.name === name);
  if (channel === undefined) {
    const names = config.alerts.channels.map((each) => each.name).join(', ');
    throw new UsageError(`mlops.yaml has no channel '${name}'`, {
      why: names === '' ? 'alerts.channels is empty' : `it has ${names}`,
      remedy: 'write one of these, or add it under alerts.channels',
    });
  }
  const now = clock.now();
  const notification: Notification = {
    kind: 'test',
    model: config.model.name,
    at: toIso(now),
    alerts: [],
    note: null,
    mail_to: null,
    attachment: null,
  };
  const started = clock.elapsed();
  const message = { key: `test.${now.toString(36)}`, subject: subjectOf(notification), notification };
  const delivery = await sendThrough(channel, message, { root, now, signal });
  if (delivery.kind === 'sent')
    return { channel: name, kind: channel.kind, duration_ms: durationSince(clock, started) };
  throw new UnavailableError(`the channel '${name}' did not take the message`, {
    why: delivery.why,
    remedy: 'correct it under alerts.channels in mlops.yaml, or where its secret is set; then test again',
  });
}
