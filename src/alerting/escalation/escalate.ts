import { z } from 'zod';
import { toIso } from '../../platform/clock.ts';
import { InternalError } from '../../platform/errors.ts';
import {
  type AlertRow,
  addEscalationStep,
  alertRow,
  closeAlert,
  type EscalationRow,
  escalationSteps,
  incidentRow,
  insertEscalation,
  noteIncident,
  openEscalations,
  openIncident,
  raiseAlert,
  recordEvent,
  type Store,
  setEscalationState,
  unendedEscalations,
} from '../../store/index.ts';
import {
  type Configuration,
  type ContactKey,
  contactKeys,
  escalationDefaults,
  parseResponse,
} from '../../workspace/index.ts';
import { mirrors, noted, postMessage } from '../notifications/post-notices.ts';
import { deadline } from './deadline.ts';
import { escalationRule } from './escalation-rule.ts';
import { onCall } from './on-call.ts';

export interface Asked {
  readonly contactKey: ContactKey;
  readonly contact: string;
  readonly person: string | null;
  readonly channels: readonly string[];
  readonly deadline: number;
}

export interface EscalationOutcome {
  readonly escalation: number;
  readonly alert: number;
  readonly incident: number;
  /** False when an escalation of this issue was open already: then it was noted there and sent again. */
  readonly opened: boolean;
  readonly asked: Asked;
}

export interface EscalationRequest {
  readonly issue: ContactKey;
  readonly message: string;
  readonly who: string;
  readonly now: number;
}

/**
 * Asks whom the contacts of mlops.yaml name for an issue, through their channels, and opens an incident; where one is open for
 * this issue by an escalation before, notes it there. Call it inside a transaction; the messages wait in the outbox.
 */
export function escalate(store: Store, config: Configuration, request: EscalationRequest): EscalationOutcome {
  const { issue, message, who, now } = request;
  const earlier = unendedEscalations(store).find((each) => each.issue === issue);
  const escalation = earlier === undefined ? begin(store, config, request) : takeUp(store, earlier, request);
  const last = escalationSteps(store, escalation.escalation_id).at(-1);
  const level = earlier?.state === 'open' && last !== undefined ? knownKey(last.contact_key) : issue;
  const asked = ask(store, config, { ...escalation, message }, level, now);
  recordEvent(store, {
    at: now,
    who,
    command: 'escalate',
    reason: message,
    before: null,
    after: {
      issue,
      escalation: escalation.escalation_id,
      incident: escalation.incident_id,
      contact: asked.contact,
    },
  });
  return {
    escalation: escalation.escalation_id,
    alert: escalation.alert_id,
    incident: escalation.incident_id,
    opened: earlier === undefined,
    asked,
  };
}

function begin(
  store: Store,
  config: Configuration,
  { issue, message, who, now }: EscalationRequest,
): EscalationRow {
  const { issue: title, contact } = config.contacts[issue];
  const incident_id = openIncident(store, {
    opened_at: now,
    title: `${title}: ${message}`,
    contact,
    evidence: JSON.stringify([`${toIso(now)} ${who} escalated: ${message}`]),
    heal_run: null,
  });
  const raised = {
    name: `${escalationRule}:${issue}`,
    rule: escalationRule,
    severity: 'CRITICAL',
    summary: message,
    contact,
    observed: null,
    threshold: null,
    unit: null,
  } as const;
  const { alert_id } = raiseAlert(store, raised, now);
  const row = { alert_id, incident_id, issue, message };
  return { ...row, escalation_id: insertEscalation(store, row), state: 'open' };
}

function takeUp(
  store: Store,
  earlier: EscalationRow,
  { message, who, now }: EscalationRequest,
): EscalationRow {
  noteIncident(store, earlier.incident_id, `${toIso(now)} ${who} escalated again: ${message}`);
  setEscalationState(store, earlier.escalation_id, 'open');
  return earlier;
}

/** Records whom is asked, and puts the message for each of their channels into the outbox. */
function ask(
  store: Store,
  config: Configuration,
  escalation: EscalationRow,
  key: ContactKey,
  now: number,
): Asked {
  const asked = whomToAsk(config, key, now);
  const { escalation_id, alert_id, incident_id, message } = escalation;
  addEscalationStep(store, {
    escalation_id,
    seq: escalationSteps(store, escalation_id).length + 1,
    at: now,
    contact_key: key,
    contact: asked.contact,
    person: asked.person,
    channels: JSON.stringify(asked.channels),
    deadline_at: asked.deadline,
  });
  const alert = requireAlert(store, alert_id);
  const note = `${config.contacts[knownKey(escalation.issue)].issue}: ${message} (${nameOf(asked)}, please acknowledge by ${toIso(asked.deadline)}; incident ${incident_id})`;
  for (const channel of asked.channels) {
    const alerts = [noted(store, config, alert, 'firing', [])];
    const mailTo = onCall(config.escalation[key], config.escalation.calendar, now)?.mail;
    const content = {
      kind: 'escalation',
      alerts,
      note,
      attachment: null,
      ...(mailTo === undefined ? {} : { mailTo: [mailTo] }),
    } as const;
    postMessage(store, config, channel, content, now, now);
  }
  return asked;
}

/** Who is asked for an issue at that time, where, and until when they have. */
export function whomToAsk(config: Configuration, key: ContactKey, now: number): Asked {
  const { contact, response } = config.contacts[key];
  const step = config.escalation[key];
  const person = onCall(step, config.escalation.calendar, now);
  const everyChannel = config.alerts.channels.filter((channel) => !mirrors(channel)).map(({ name }) => name);
  const time = parseResponse(response);
  if (time === undefined) throw new InternalError(`the response time '${response}' passed the configuration`);
  return {
    contactKey: key,
    contact,
    person: person?.name ?? null,
    channels: person?.channels ?? step.channels ?? everyChannel,
    deadline: deadline(time, config.escalation.calendar, now),
  };
}

export function nameOf({ contact, person }: Pick<Asked, 'contact' | 'person'>): string {
  return person === null ? contact : `${person}, ${contact}`;
}

export interface Advance {
  readonly id: number;
  /** Whom it went to; null when nobody is left to ask. */
  readonly to: string | null;
}

/**
 * Ends escalations whose incident was closed, and passes those on whose contact let the response time go by: to the `next` of
 * that contact, until it would come to somebody who was asked already; then it is exhausted, and its alert stays open. Call it
 * inside a transaction.
 */
export function advanceEscalations(store: Store, config: Configuration, now: number): readonly Advance[] {
  for (const each of unendedEscalations(store)) endWhereIncidentIsClosed(store, config, each, now);
  return openEscalations(store).flatMap((each): readonly Advance[] => {
    const steps = escalationSteps(store, each.escalation_id);
    const last = steps.at(-1);
    if (last === undefined || now <= last.deadline_at) return [];
    const late = `${toIso(now)} ${nameOf(last)} did not acknowledge by ${toIso(last.deadline_at)}`;
    const next = nextContact(config, knownKey(last.contact_key));
    if (next === null || steps.some(({ contact_key }) => contact_key === next)) {
      setEscalationState(store, each.escalation_id, 'exhausted');
      noteIncident(store, each.incident_id, `${late}; nobody is left to ask`);
      return [{ id: each.escalation_id, to: null }];
    }
    const asked = ask(store, config, each, next, now);
    noteIncident(store, each.incident_id, `${late}; passed on to ${nameOf(asked)}`);
    return [{ id: each.escalation_id, to: nameOf(asked) }];
  });
}

export function nextContact({ escalation }: Configuration, key: ContactKey): ContactKey | null {
  const { next } = escalation[key];
  return next === undefined ? escalationDefaults.next[key] : next;
}

function endWhereIncidentIsClosed(
  store: Store,
  config: Configuration,
  escalation: EscalationRow,
  now: number,
): void {
  const { incident_id } = escalation;
  if (incidentRow(store, incident_id)?.closed_at == null) return;
  endEscalation(store, config, escalation, 'ended', `incident ${incident_id} was closed`, now);
}

/** Ends it and its alert, and tells everybody who was asked. Call it inside a transaction. */
export function endEscalation(
  store: Store,
  config: Configuration,
  { escalation_id, alert_id, issue, message }: EscalationRow,
  state: 'acknowledged' | 'ended',
  why: string,
  now: number,
): void {
  setEscalationState(store, escalation_id, state);
  closeAlert(store, requireAlert(store, alert_id).name, now);
  const channels = escalationSteps(store, escalation_id).flatMap((step) =>
    channelNames.parse(JSON.parse(step.channels)),
  );
  const note = `${config.contacts[knownKey(issue)].issue}: ${message}: ${why}`;
  const alerts = [noted(store, config, requireAlert(store, alert_id), 'resolved', [])];
  for (const channel of new Set(channels))
    postMessage(store, config, channel, { kind: 'escalation', alerts, note, attachment: null }, now, now);
}

const channelNames = z.array(z.string());

function requireAlert(store: Store, alertId: number): AlertRow {
  const alert = alertRow(store, alertId);
  if (alert === undefined) throw new InternalError(`alert ${alertId} is not in the store`);
  return alert;
}

function knownKey(text: string): ContactKey {
  const key = contactKeys.find((each) => each === text);
  if (key === undefined) throw new InternalError(`the escalation names '${text}', which is no contact`);
  return key;
}
