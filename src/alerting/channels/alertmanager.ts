import { toIso } from '../../platform/clock.ts';
import { type ChannelOf, durationMs } from '../../workspace/index.ts';
import type { Notification } from '../notifications/notification.ts';
import type { Send } from './channel.ts';
import { addressOf, basicAuthorization, postJson } from './http-post.ts';

/**
 * Alertmanager API v2, `POST /api/v2/alerts` under the address of the configuration. Its labels are the alert's identity, so a
 * second delivery changes nothing. Acknowledged and silenced alerts are left out.
 */
export const sendByAlertmanager: Send<ChannelOf<'alertmanager'>> = async (channel, message, context) => {
  const base = addressOf(channel, context);
  const address = new URL(base);
  address.pathname = `${base.pathname.replace(/\/$/, '')}/api/v2/alerts`;
  const { user, password_env: env, password_file: file } = channel;
  const headers =
    user === undefined ? {} : basicAuthorization(user, context.secret({ key: 'password', env, file }));
  const body = alertsOf(message.notification, durationMs(channel.hold));
  return body.length === 0 ? { kind: 'sent' } : postJson({ address, headers, body }, context);
};

function alertsOf({ kind, model, at, alerts }: Notification, holdMs: number) {
  if (kind === 'test') {
    const endsAt = toIso(Date.parse(at) + 60_000);
    return [{ labels: { alertname: 'mlops_test', severity: 'none', model }, startsAt: at, endsAt }];
  }
  return alerts
    .filter((alert) => !alert.muted || alert.event === 'resolved')
    .map((alert) => ({
      labels: {
        alertname: `mlops_${alert.rule}`,
        alert: alert.name,
        model,
        severity: alert.severity.toLowerCase(),
        alert_id: alert.key,
      },
      annotations: { summary: alert.summary, advice: alert.advice, contact: alert.contact, page: alert.page },
      startsAt: earlier(alert.opened_at, alert.closed_at),
      endsAt: alert.closed_at ?? toIso(Date.parse(at) + holdMs),
    }));
}

/** Alertmanager refuses an alert that ended before it began, as one does whose clock was set back meanwhile. */
function earlier(opened: string, closed: string | null): string {
  return closed !== null && closed < opened ? closed : opened;
}
