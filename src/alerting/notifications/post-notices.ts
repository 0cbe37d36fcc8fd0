import { toIso } from '../../platform/clock.ts';
import {
  type AlertRow,
  addMessage,
  lastMessageAt,
  markNotified,
  nextMessageNumber,
  type SilenceRow,
  type Store,
  storeIdentity,
} from '../../store/index.ts';
import {
  type ChannelConfiguration,
  type Configuration,
  durationMs,
  type RuleDefault,
  ruleDefaults,
} from '../../workspace/index.ts';
import { subjectOf } from './message-text.ts';
import { isSilenced, type Notice } from './notices-due.ts';
import type { NotedAlert, Notification } from './notification.ts';
import { quietUntil } from './quiet-hours.ts';

export interface Post {
  readonly notices: readonly Notice[];
  readonly open: readonly AlertRow[];
  readonly silences: readonly SilenceRow[];
  readonly channelsOf: (rule: string) => readonly string[] | null;
  /** The alerts were changed by this evaluation. */
  readonly changed: boolean;
  readonly now: number;
  readonly attachment: Notification['attachment'];
}

/** Channels that show what is the case now, rather than tell somebody. */
export function mirrors({ kind }: ChannelConfiguration): boolean {
  return kind === 'alertmanager' || kind === 'textfile';
}

/**
 * Puts what is to be told into the outbox, grouped: one message a channel, but PagerDuty takes one alert at a time. In quiet
 * hours what is not CRITICAL waits for their end, and is not repeated. Call it inside the transaction of the evaluation.
 * @returns how many messages
 */
export function postNotices(store: Store, config: Configuration, post: Post): number {
  const quietEnd = quietUntil(config.alerts.quiet_hours, post.now);
  const wanted = post.notices.filter((notice) => {
    return quietEnd === undefined || notice.alert.severity === 'CRITICAL' || notice.event !== 'repeat';
  });
  let messages = 0;
  for (const channel of config.alerts.channels) {
    if (mirrors(channel)) messages += postMirror(store, config, channel, post);
    else {
      const notices = wanted.filter((notice) => goesTo(channel, notice, post));
      const loud = notices.filter(({ alert }) => quietEnd === undefined || alert.severity === 'CRITICAL');
      const quiet = notices.filter((notice) => !loud.includes(notice));
      messages += postGroups(store, config, channel, loud, post, post.now);
      messages += postGroups(store, config, channel, quiet, post, quietEnd ?? post.now);
    }
  }
  for (const { alert, event } of wanted)
    if (event !== 'resolved') markNotified(store, alert.alert_id, post.now);
  return messages;
}

function goesTo(channel: ChannelConfiguration, { alert, event }: Notice, { channelsOf }: Post): boolean {
  const chosen = channelsOf(alert.rule);
  if (chosen !== null && !chosen.includes(channel.name)) return false;
  const severity = event === 'resolved' ? (alert.notified_severity ?? alert.severity) : alert.severity;
  return channel.minimum_severity === 'WARNING' || severity === 'CRITICAL';
}

function postGroups(
  store: Store,
  config: Configuration,
  channel: ChannelConfiguration,
  notices: readonly Notice[],
  post: Post,
  notBefore: number,
): number {
  const groups = channel.kind === 'pagerduty' ? notices.map((notice) => [notice]) : [notices];
  const filled = groups.filter((group) => group.length > 0);
  for (const group of filled) {
    const alerts = group.map(({ alert, event }) => noted(store, config, alert, event, post.silences));
    postMessage(store, config, channel.name, { alerts, attachment: post.attachment }, post.now, notBefore);
  }
  return filled.length;
}

/** A mirror takes all that is open, at each change and often enough that Alertmanager does not take it for resolved. */
function postMirror(store: Store, config: Configuration, channel: ChannelConfiguration, post: Post): number {
  const last = lastMessageAt(store, channel.name);
  const due = channel.kind === 'alertmanager' && post.open.length > 0;
  const refresh = channel.kind === 'alertmanager' ? durationMs(channel.hold) / 5 : 0;
  const stale = last === undefined || Math.abs(post.now - last) >= refresh;
  if (!post.changed && !(due && stale)) return 0;
  const resolved = post.notices.filter((notice) => notice.event === 'resolved');
  const alerts = [
    ...post.open.map((alert) => noted(store, config, alert, 'firing', post.silences)),
    ...resolved.map(({ alert }) => noted(store, config, alert, 'resolved', post.silences)),
  ];
  postMessage(store, config, channel.name, { alerts, attachment: null }, post.now, post.now);
  return 1;
}

export interface MessageContent {
  readonly kind?: Notification['kind'];
  readonly alerts: readonly NotedAlert[];
  readonly note?: string;
  readonly mailTo?: readonly string[];
  readonly attachment: Notification['attachment'];
}

/** Puts one message into the outbox, not to be sent before `notBefore`. */
export function postMessage(
  store: Store,
  config: Configuration,
  channel: string,
  { kind = 'alerts', alerts, note, mailTo, attachment }: MessageContent,
  now: number,
  notBefore: number,
): number {
  const notification: Notification = {
    kind,
    model: config.model.name,
    at: toIso(now),
    alerts: [...alerts],
    note: note ?? null,
    mail_to: mailTo === undefined ? null : [...mailTo],
    attachment,
  };
  return addMessage(store, {
    key: `${storeIdentity(store)}.${now.toString(36)}.${nextMessageNumber(store)}`,
    channel,
    subject: subjectOf(notification),
    payload: JSON.stringify(notification),
    created_at: now,
    next_try_at: notBefore,
  });
}

/** What a message says of an alert. */
export function noted(
  store: Store,
  config: Configuration,
  alert: AlertRow,
  event: NotedAlert['event'],
  silences: readonly SilenceRow[],
): NotedAlert {
  const text = ruleText(alert.rule);
  return {
    id: alert.alert_id,
    key: `${config.model.name}-${storeIdentity(store)}-${alert.alert_id}`,
    name: alert.name,
    rule: alert.rule,
    event,
    severity: alert.severity,
    summary: alert.summary,
    observed: alert.observed,
    threshold: alert.threshold,
    unit: alert.unit,
    opened_at: toIso(alert.opened_at),
    closed_at: alert.closed_at === null ? null : toIso(alert.closed_at),
    contact: alert.contact,
    advice: text?.advice ?? '',
    page: text?.page ?? '',
    muted: alert.acknowledged_at !== null || isSilenced(alert, silences),
  };
}

/** Undefined for alerts that no rule raises: escalations, and alerts of an older version of this program. */
export function ruleText(rule: string): RuleDefault | undefined {
  const texts: Readonly<Record<string, RuleDefault>> = ruleDefaults;
  return texts[rule];
}
