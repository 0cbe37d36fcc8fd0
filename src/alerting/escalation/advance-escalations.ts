import { z } from 'zod';
import { toIso } from '../../platform/clock.ts';
import {
  closeAlert,
  type EscalationRow,
  escalationSteps,
  incidentRow,
  noteIncident,
  openEscalations,
  type Store,
  setEscalationState,
  unendedEscalations,
} from '../../store/index.ts';
import type { Configuration } from '../../workspace/index.ts';
import { noted, postMessage } from '../notifications/post-notices.ts';
import { alertOfEscalation, ask } from './ask.ts';
import { knownKey, nameOf, nextContact } from './whom-to-ask.ts';

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
  closeAlert(store, alertOfEscalation(store, alert_id).name, now);
  const channels = escalationSteps(store, escalation_id).flatMap((step) =>
    channelNames.parse(JSON.parse(step.channels)),
  );
  const note = `${config.contacts[knownKey(issue)].issue}: ${message}: ${why}`;
  const alerts = [noted(store, config, alertOfEscalation(store, alert_id), 'resolved', [])];
  for (const channel of new Set(channels))
    postMessage(store, config, channel, { kind: 'escalation', alerts, note, attachment: null }, now, now);
}

const channelNames = z.array(z.string());
