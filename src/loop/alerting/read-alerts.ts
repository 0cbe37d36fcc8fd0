import { requireAlert } from '../../alerting/answer-alerts.ts';
import { escalationRule } from '../../alerting/escalation/escalation-rule.ts';
import { isSilenced } from '../../alerting/notifications/notices-due.ts';
import { ruleText } from '../../alerting/notifications/post-notices.ts';
import type { Alert, AlertDetail, AlertMessage, AlertsResult } from '../../data/results/alerts.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import { worstVerdict } from '../../platform/exit-codes.ts';
import {
  type AlertRow,
  alertHistory,
  escalationOfAlert,
  escalationSteps,
  messagesOfAlert,
  type OutboxRow,
  openAlerts,
  openStore,
  type SilenceRow,
  type Store,
  silencesAt,
  undelivered,
} from '../../store/index.ts';
import type { Workspace } from '../../workspace/index.ts';

/** Closed alerts that a history shows at most. */
const longestHistory = 500;

/** The open alerts, or the history with the closed ones; silences that hold; messages that nobody has taken yet. */
export function readAlerts(workspace: Workspace, all: boolean, clock: Clock): AlertsResult {
  using store = openStore(workspace.paths.store, { create: false });
  return store.read(() => {
    const now = clock.now();
    const silences = silencesAt(store, now);
    const rows = all ? alertHistory(store, longestHistory) : openAlerts(store);
    const alerts = rows.map((row) => alertOf(row, silences));
    const firing = alerts.filter(({ state }) => state === 'firing').map(({ severity }) => severity);
    const status = worstVerdict(firing);
    return {
      status: status === 'UNKNOWN' ? 'OK' : status,
      at: toIso(now),
      alerts,
      silences: silences.map(({ name, from_at, until_at, reason, who }) => ({
        name,
        from: toIso(from_at),
        until: toIso(until_at),
        reason,
        by: who,
      })),
      undelivered: undelivered(store).map(messageOf),
    };
  });
}

/** One alert with its rule, the messages about it and its escalation. @throws NoInputError when there is none of that number */
export function readAlert(workspace: Workspace, id: number, clock: Clock): AlertDetail {
  using store = openStore(workspace.paths.store, { create: false });
  return store.read(() => {
    const row = requireAlert(store, id);
    const text = ruleText(row.rule);
    return {
      ...alertOf(row, silencesAt(store, clock.now())),
      watches: text?.watches ?? (row.rule === escalationRule ? 'a person escalated an issue' : ''),
      advice: text?.advice ?? '',
      page: text?.page ?? '',
      messages: messagesOfAlert(store, id).map(messageOf),
      escalation: escalationDetail(store, id),
    };
  });
}

export function alertOf(row: AlertRow, silences: readonly SilenceRow[]): Alert {
  const { alert_id, name, rule, severity, summary, observed, threshold, unit, contact } = row;
  const time = (at: number | null) => (at === null ? null : toIso(at));
  return {
    id: alert_id,
    name,
    rule,
    state: stateOf(row, silences),
    severity,
    summary,
    observed,
    threshold,
    unit,
    contact,
    opened_at: toIso(row.opened_at),
    last_seen_at: toIso(row.last_seen_at),
    closed_at: time(row.closed_at),
    notified_at: time(row.notified_at),
    acknowledged:
      row.acknowledged_at === null
        ? null
        : { at: toIso(row.acknowledged_at), by: row.acknowledged_by ?? '', reason: row.acknowledged_reason },
  };
}

function stateOf(row: AlertRow, silences: readonly SilenceRow[]): Alert['state'] {
  if (row.closed_at !== null) return 'resolved';
  if (isSilenced(row, silences)) return 'silenced';
  return row.acknowledged_at === null ? 'firing' : 'acknowledged';
}

function messageOf(row: OutboxRow): AlertMessage {
  const { message_id, key, channel, subject, state, attempts, last_error } = row;
  return {
    id: message_id,
    key,
    channel,
    subject,
    state,
    attempts,
    created_at: toIso(row.created_at),
    next_try_at: state === 'waiting' ? toIso(row.next_try_at) : null,
    sent_at: row.sent_at === null ? null : toIso(row.sent_at),
    last_error,
  };
}

function escalationDetail(store: Store, alertId: number): AlertDetail['escalation'] {
  const escalation = escalationOfAlert(store, alertId);
  if (escalation === undefined) return null;
  const { escalation_id, incident_id, state } = escalation;
  return {
    id: escalation_id,
    incident: incident_id,
    state,
    steps: escalationSteps(store, escalation_id).map(({ at, contact, person, channels, deadline_at }) => ({
      at: toIso(at),
      contact,
      person,
      channels: JSON.parse(channels),
      deadline: toIso(deadline_at),
    })),
  };
}
