import type { NotedAlert, OutgoingMessage } from '../../src/alerting/notifications/notification.ts';

export const drift: NotedAlert = {
  id: 3,
  key: 'credit-0123456789ab-3',
  name: 'drift',
  rule: 'drift',
  event: 'firing',
  severity: 'CRITICAL',
  summary: '6 of 7 features drifted: age, "debt" <ratio> & more',
  observed: 0.857,
  threshold: 0.5,
  unit: 'share',
  opened_at: '2026-09-28T00:00:00.000Z',
  closed_at: null,
  contact: 'Data Science Lead',
  advice: 'read the report',
  page: 'high-drift',
  muted: false,
};

export const resolved: NotedAlert = {
  ...drift,
  event: 'resolved',
  closed_at: '2026-09-28T06:00:00.000Z',
};

export function messageOf(...alerts: readonly NotedAlert[]): OutgoingMessage {
  return {
    key: '0123456789ab.mukhds00.7',
    subject: '[CRITICAL] credit: drift',
    notification: {
      kind: 'alerts',
      model: 'credit',
      at: '2026-09-28T00:00:00.000Z',
      alerts: [...alerts],
      note: null,
      mail_to: null,
      attachment: { name: 'monitoring-run-1.txt', text: 'CRITICAL - run 1 − 6 of 7' },
    },
  };
}
