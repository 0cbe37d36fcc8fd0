import type { ChannelOf } from '../../workspace/index.ts';
import { bodyOf } from '../notifications/message-text.ts';
import type { Notification } from '../notifications/notification.ts';
import type { Send } from './channel.ts';
import { addressOf, postJson } from './http-post.ts';

/**
 * PagerDuty Events API v2, one alert a message. `dedup_key` is the alert's own: repeats and second deliveries join the incident
 * that is open, and the end of the alert resolves it.
 */
export const sendByPagerduty: Send<ChannelOf<'pagerduty'>> = (channel, message, context) => {
  const { routing_key_env: env, routing_key_file: file } = channel;
  const routing_key = context.secret({ key: 'routing_key', env, file });
  const body = { routing_key, ...eventOf(message.key, message.subject, message.notification) };
  return postJson({ address: addressOf(channel, context), body }, context);
};

/** PagerDuty cuts a summary at 1024 characters. */
const longestSummary = 1024;

function eventOf(key: string, subject: string, notification: Notification) {
  const [alert] = notification.alerts;
  const dedup_key = alert?.key ?? key;
  if (alert?.event === 'resolved') return { event_action: 'resolve', dedup_key };
  return {
    event_action: 'trigger',
    dedup_key,
    payload: {
      summary: (alert === undefined
        ? subject
        : `${notification.model}: ${alert.name}: ${alert.summary}`
      ).slice(0, longestSummary),
      source: notification.model,
      severity: alert?.severity === 'CRITICAL' ? 'critical' : alert === undefined ? 'info' : 'warning',
      timestamp: alert?.opened_at ?? notification.at,
      component: alert?.name ?? 'mlops',
      custom_details: {
        message: bodyOf(notification),
        observed: alert?.observed,
        threshold: alert?.threshold,
      },
    },
  };
}
