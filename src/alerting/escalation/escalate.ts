import { toIso } from '../../platform/clock.ts';
import {
  type EscalationRow,
  escalationSteps,
  insertEscalation,
  noteIncident,
  openIncident,
  raiseAlert,
  recordEvent,
  type Store,
  setEscalationState,
  unendedEscalations,
} from '../../store/index.ts';
import type { Configuration, ContactKey } from '../../workspace/index.ts';
import { ask } from './ask.ts';
import { escalationRule } from './escalation-rule.ts';
import { type Asked, knownKey } from './whom-to-ask.ts';

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
