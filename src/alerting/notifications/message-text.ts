import type { NotedAlert, Notification } from './notification.ts';

/** One line: `[CRITICAL] credit: drift` or `[WARNING] credit: disk, brier and 2 more`. */
export function subjectOf({ kind, model, alerts, note }: Notification): string {
  if (kind === 'test') return `[TEST] ${model}: a message to see that this channel works`;
  const firing = alerts.filter((alert) => alert.event !== 'resolved');
  const about = firing.length > 0 ? firing : alerts;
  const [first, second, ...more] = about.map((alert) => alert.name);
  const names =
    second === undefined
      ? first
      : `${first}, ${second}${more.length === 0 ? '' : ` and ${more.length} more`}`;
  if (kind === 'escalation')
    return `[${firing.length === 0 ? 'TAKEN' : 'ESCALATION'}] ${model}: ${singleLine(note ?? names ?? '')}`;
  const worst = firing.some((alert) => alert.severity === 'CRITICAL') ? 'CRITICAL' : 'WARNING';
  const resolved =
    firing.length > 0 && firing.length < alerts.length ? `; ${alerts.length - firing.length} resolved` : '';
  return `[${firing.length === 0 ? 'RESOLVED' : worst}] ${model}: ${names ?? 'nothing'}${resolved}`;
}

function singleLine(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}

/** The message for a reader, in plain text. */
export function bodyOf(notification: Notification): string {
  const { kind, note, alerts, at, model } = notification;
  const head = kind === 'test' ? ['If you read this, the channel works. Nothing is wrong.'] : [];
  const told = note === null ? [] : [note];
  return [...head, ...told, ...alerts.map(alertText), `model ${model}, ${at}`].join('\n\n');
}

/** One alert in words. */
export function alertText(alert: NotedAlert): string {
  const { event, severity, name, summary, id } = alert;
  const title = event === 'resolved' ? 'RESOLVED' : event === 'repeat' ? `STILL ${severity}` : severity;
  const lines = [`${title} ${name}: ${summary}`];
  if (event === 'resolved')
    return [...lines, `open since ${alert.opened_at}, closed ${alert.closed_at}`].join('\n');
  return [
    ...lines,
    `since ${alert.opened_at}; whom it concerns: ${alert.contact}`,
    ...(alert.advice === '' ? [] : [`what to do: ${alert.advice}`]),
    ...(alert.page === '' ? [] : [`page: mlops runbook show ${alert.page}`]),
    `when you have it: mlops alerts ack ${id}`,
  ].join('\n');
}
