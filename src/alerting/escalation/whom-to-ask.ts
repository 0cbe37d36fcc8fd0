import { InternalError } from '../../platform/errors.ts';
import {
  type Configuration,
  type ContactKey,
  contactKeys,
  escalationDefaults,
  parseResponse,
} from '../../workspace/index.ts';
import { mirrors } from '../notifications/post-notices.ts';
import { deadline } from './deadline.ts';
import { onCall } from './on-call.ts';

export interface Asked {
  readonly contactKey: ContactKey;
  readonly contact: string;
  readonly person: string | null;
  readonly channels: readonly string[];
  readonly deadline: number;
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

/** Whom it goes to when that contact does not answer; null: to nobody. */
export function nextContact({ escalation }: Configuration, key: ContactKey): ContactKey | null {
  const { next } = escalation[key];
  return next === undefined ? escalationDefaults.next[key] : next;
}

/** @throws InternalError when the store holds what is no contact */
export function knownKey(text: string): ContactKey {
  const key = contactKeys.find((each) => each === text);
  if (key === undefined) throw new InternalError(`the escalation names '${text}', which is no contact`);
  return key;
}
