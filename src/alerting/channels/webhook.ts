import type { ChannelOf } from '../../workspace/index.ts';
import { bodyOf } from '../notifications/message-text.ts';
import type { Send } from './channel.ts';
import { addressOf, postJson } from './http-post.ts';

/** Slack's incoming webhook, which Mattermost, Rocket.Chat and others take too: `{text}`. The key travels as Idempotency-Key. */
export const sendByWebhook: Send<ChannelOf<'webhook'>> = (channel, { key, subject, notification }, context) =>
  postJson(
    {
      address: addressOf(channel, context),
      headers: { 'idempotency-key': key },
      body: { text: escaped(`*${subject}*\n${bodyOf(notification)}`) },
    },
    context,
  );

/** Slack reads these three as markup. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
