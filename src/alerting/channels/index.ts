import { MlopsError, messageWithCause } from '../../platform/errors.ts';
import type { ChannelConfiguration } from '../../workspace/index.ts';
import type { OutgoingMessage } from '../notifications/notification.ts';
import { sendByAlertmanager } from './alertmanager.ts';
import type { Delivery, SendContext } from './channel.ts';
import { sendByCommand } from './command.ts';
import { sendByPagerduty } from './pagerduty.ts';
import { readSecret, withoutSecrets } from './read-secret.ts';
import { sendBySmtp } from './smtp.ts';
import { sendByTextfile } from './textfile.ts';
import { sendByWebhook } from './webhook.ts';

/**
 * One attempt to send a message, within the channel's time. What goes wrong, also in the configuration, is in the answer, every
 * secret struck out of it; it throws only what `signal` was aborted with.
 */
export async function sendThrough(
  channel: ChannelConfiguration,
  message: OutgoingMessage,
  { root, now, signal }: Pick<SendContext, 'root' | 'now' | 'signal'>,
): Promise<Delivery> {
  const secrets: string[] = [];
  const context: SendContext = {
    root,
    now,
    signal: AbortSignal.any([signal, AbortSignal.timeout(channel.timeout_ms)]),
    secret: (source) => {
      const secret = readSecret(source, root);
      secrets.push(secret);
      return secret;
    },
  };
  const delivery = await attempt(channel, message, context);
  if (delivery.kind === 'sent') return delivery;
  signal.throwIfAborted();
  return { ...delivery, why: withoutSecrets(delivery.why, secrets) };
}

async function attempt(
  channel: ChannelConfiguration,
  message: OutgoingMessage,
  context: SendContext,
): Promise<Delivery> {
  try {
    return await dispatch(channel, message, context);
  } catch (error) {
    if (error instanceof MlopsError) return { kind: 'retry', why: messageWithCause(error) };
    return { kind: 'retry', why: error instanceof Error ? error.message : String(error) };
  }
}

/** Every kind of channel: a new one is one file and one line here. */
function dispatch(
  channel: ChannelConfiguration,
  message: OutgoingMessage,
  context: SendContext,
): Promise<Delivery> {
  switch (channel.kind) {
    case 'smtp':
      return sendBySmtp(channel, message, context);
    case 'webhook':
      return sendByWebhook(channel, message, context);
    case 'pagerduty':
      return sendByPagerduty(channel, message, context);
    case 'alertmanager':
      return sendByAlertmanager(channel, message, context);
    case 'command':
      return sendByCommand(channel, message, context);
    case 'textfile':
      return sendByTextfile(channel, message, context);
  }
}
