import chalk from 'chalk';
import type {
  Alert,
  AlertDetail,
  AlertMessage,
  AlertsEvaluation,
  AlertsResult,
  DeliveryReport,
} from '../data/results/alerts.ts';
import { figure } from './figures.ts';
import { colouredVerdict } from './verdict-colour.ts';
import { wrap } from './wrap.ts';

const columns = 100;

/** The alerts for a terminal: one line each, then silences and messages that nobody has taken. */
export function alertsView({ status, at, alerts, silences, undelivered }: AlertsResult): string {
  const open = alerts.filter((alert) => alert.state !== 'resolved').length;
  return [
    `${colouredVerdict(status)} - ${open === 0 ? 'no alert is' : open === 1 ? '1 alert is' : `${open} alerts are`} open, ${at}`,
    ...alerts.flatMap(alertLines),
    ...silences.map(({ name, until, by, reason }) => `silenced: ${name} until ${until} by ${by}: ${reason}`),
    ...undelivered.map(messageLine),
  ].join('\n');
}

function alertLines(alert: Alert): readonly string[] {
  const { id, name, severity, state, summary, opened_at, closed_at } = alert;
  const number = `#${id}`.padEnd(5);
  const verdict = colouredVerdict(severity, 'CRITICAL'.length);
  const span = closed_at === null ? `since ${opened_at}` : `${opened_at} to ${closed_at}`;
  const [first = '', ...more] = wrap(summary, columns - 6);
  return [
    `${number} ${verdict} ${name} (${state}) ${chalk.dim(span)}`,
    ...[first, ...more].map((line) => `      ${line}`),
  ];
}

function messageLine({
  id,
  channel,
  subject,
  state,
  attempts,
  next_try_at,
  last_error,
}: AlertMessage): string {
  const why = last_error === null ? '' : `: ${last_error}`;
  if (state === 'sent') return `message ${id} to ${channel}: sent, ${subject}`;
  if (state === 'refused') return `message ${id} to ${channel} was refused${why} (${subject})`;
  return `message ${id} to ${channel} waits, ${attempts} attempts, next ${next_try_at}${why} (${subject})`;
}

/** One alert with everything about it. */
export function alertDetailView(alert: AlertDetail): string {
  const { acknowledged, escalation } = alert;
  const limit = alert.threshold === null ? '' : `, limit ${figure(alert.threshold)}`;
  return [
    ...alertLines(alert),
    ...(alert.observed === null
      ? []
      : [`observed: ${figure(alert.observed)}${limit} (${alert.unit ?? 'no unit'})`]),
    ...(alert.watches === '' ? [] : [`watches: ${alert.watches}`]),
    `concerns: ${alert.contact}`,
    ...(alert.advice === '' ? [] : [`try: ${alert.advice}`]),
    ...(alert.page === '' ? [] : [`page: mlops runbook show ${alert.page}`]),
    ...(acknowledged === null
      ? []
      : [
          `acknowledged: ${acknowledged.at} by ${acknowledged.by}${acknowledged.reason === null ? '' : `: ${acknowledged.reason}`}`,
        ]),
    ...(escalation === null
      ? []
      : [
          `escalation ${escalation.id}, incident ${escalation.incident}: ${escalation.state}`,
          ...escalation.steps.map(
            ({ at, contact, person, deadline }) =>
              `  ${at} asked ${person === null ? contact : `${person}, ${contact}`}, until ${deadline}`,
          ),
        ]),
    ...alert.messages.map(
      (message) => `${message.state === 'sent' ? `${message.sent_at} ` : ''}${messageLine(message)}`,
    ),
  ].join('\n');
}

/** What an evaluation changed, and what was sent. */
export function evaluationView(result: AlertsEvaluation): string {
  const lines = (what: string, alerts: AlertsEvaluation['open']) =>
    alerts.map(({ id, name, severity }) => `${what} #${id} ${severity} ${name}`);
  return [
    `${colouredVerdict(result.status)} - ${result.open.length} open, ${result.observations} observations, ${result.at}`,
    ...lines('fired', result.fired),
    ...lines('changed', result.changed),
    ...lines('resolved', result.resolved),
    ...result.escalated.map(({ id, to }) => `escalation ${id} went by its time: ${to}`),
    ...deliveryLines(result.delivery),
  ].join('\n');
}

/** What was sent and what was not. */
export function deliveryView(report: DeliveryReport): string {
  const { sent, waiting, refused } = report;
  return [`${sent.length} sent, ${waiting} waiting, ${refused} refused`, ...deliveryLines(report)].join('\n');
}

function deliveryLines({ sent, failed }: DeliveryReport): readonly string[] {
  return [
    ...sent.map(({ channel, subject }) => `sent to ${channel}: ${subject}`),
    ...failed.map(({ channel, error, next_try_at }) =>
      next_try_at === null
        ? `${channel} refused it: ${error}`
        : `${channel}: ${error}; next try ${next_try_at}`,
    ),
  ];
}
