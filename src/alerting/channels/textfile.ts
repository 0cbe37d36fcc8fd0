import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { writeFileAtomic } from '../../data/index.ts';
import { MlopsError, messageWithCause } from '../../platform/errors.ts';
import { labelValue } from '../../report/prometheus-label.ts';
import type { ChannelOf } from '../../workspace/index.ts';
import type { Notification } from '../notifications/notification.ts';
import type { Send } from './channel.ts';

/** A file for the textfile collector of Prometheus' node_exporter: every open alert, replaced as a whole. */
export const sendByTextfile: Send<ChannelOf<'textfile'>> = async ({ path }, { notification }, { root }) => {
  const target = resolve(root, path);
  try {
    if (notification.kind === 'test') tryFolder(target);
    else writeFileAtomic(target, metricsOf(notification));
    return { kind: 'sent' };
  } catch (error) {
    if (!(error instanceof MlopsError)) throw error;
    return { kind: 'retry', why: messageWithCause(error) };
  }
};

/** What stands in the file stays: a test is no alert. */
function tryFolder(target: string): void {
  const probe = `${target}.test`;
  writeFileAtomic(probe, '');
  rmSync(probe);
}

function metricsOf({ model, at, alerts }: Notification): string {
  const open = alerts.filter((alert) => alert.event !== 'resolved');
  const lines = open.map((alert) => {
    const labels = {
      model,
      alert: alert.name,
      rule: alert.rule,
      severity: alert.severity.toLowerCase(),
      muted: `${alert.muted}`,
    };
    return `mlops_alert_firing{${Object.entries(labels)
      .map(([key, value]) => `${key}="${labelValue(value)}"`)
      .join(',')}} 1`;
  });
  return [
    '# HELP mlops_alert_firing Alerts of mlops that are open.',
    '# TYPE mlops_alert_firing gauge',
    ...lines,
    '# HELP mlops_alerts_changed_timestamp_seconds When an alert was last opened, changed or closed.',
    '# TYPE mlops_alerts_changed_timestamp_seconds gauge',
    `mlops_alerts_changed_timestamp_seconds{model="${labelValue(model)}"} ${Date.parse(at) / 1000}`,
    '',
  ].join('\n');
}
