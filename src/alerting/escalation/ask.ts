import { toIso } from '../../platform/clock.ts';
import { InternalError } from '../../platform/errors.ts';
import {
  type AlertRow,
  addEscalationStep,
  alertRow,
  type EscalationRow,
  escalationSteps,
  type Store,
} from '../../store/index.ts';
import type { Configuration, ContactKey } from '../../workspace/index.ts';
import { noted, postMessage } from '../notifications/post-notices.ts';
import { onCall } from './on-call.ts';
import { type Asked, knownKey, nameOf, whomToAsk } from './whom-to-ask.ts';

/** Records whom is asked, and puts the message for each of their channels into the outbox. */
export function ask(
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
  const alert = alertOfEscalation(store, alert_id);
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

/** @throws InternalError when an escalation stands for no alert */
export function alertOfEscalation(store: Store, alertId: number): AlertRow {
  const alert = alertRow(store, alertId);
  if (alert === undefined) throw new InternalError(`alert ${alertId} is not in the store`);
  return alert;
}
