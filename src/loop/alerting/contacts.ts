import { escalate } from '../../alerting/escalation/escalate.ts';
import { nextContact, whomToAsk } from '../../alerting/escalation/whom-to-ask.ts';
import type { ContactsResult, EscalationResult } from '../../data/results/contacts.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import { UsageError } from '../../platform/errors.ts';
import { openStore } from '../../store/index.ts';
import { type ContactKey, contactKeys, type Workspace } from '../../workspace/index.ts';
import { deliverMeanwhile } from './deliver-workspace.ts';

/** The contacts table, and who has it now. */
export function readContacts({ config }: Workspace, clock: Clock): ContactsResult {
  const now = clock.now();
  return {
    at: toIso(now),
    contacts: contactKeys.map((key) => {
      const { issue, contact, response } = config.contacts[key];
      const asked = whomToAsk(config, key, now);
      return {
        key,
        issue,
        contact,
        response,
        on_call: asked.person,
        channels: [...asked.channels],
        deadline: toIso(asked.deadline),
        next: nextContact(config, key),
      };
    }),
  };
}

export interface EscalationWish {
  /** Key or name of the issue, as mlops.yaml has them. */
  readonly issue: string;
  readonly message: string | undefined;
  readonly who: string;
}

/** Asks the contact of an issue, records it as an incident, and sends at once. @throws UsageError when no contact is for that issue */
export async function escalateIssue(
  workspace: Workspace,
  { issue, message, who }: EscalationWish,
  clock: Clock,
  signal: AbortSignal,
  tell: (line: string) => void,
): Promise<EscalationResult> {
  const key = requireIssue(workspace, issue);
  using store = openStore(workspace.paths.store, { create: false });
  const text = message ?? workspace.config.contacts[key].issue;
  const request = { issue: key, message: text, who, now: clock.now() };
  const { asked, ...outcome } = store.change(() => escalate(store, workspace.config, request));
  await deliverMeanwhile(store, workspace, clock, signal, tell);
  return {
    ...outcome,
    issue: key,
    contact: asked.contact,
    on_call: asked.person,
    response: workspace.config.contacts[key].response,
    channels: [...asked.channels],
    deadline: toIso(asked.deadline),
  };
}

function requireIssue({ config }: Workspace, text: string): ContactKey {
  const wanted = text.trim().toLowerCase().replaceAll('-', '_');
  const key = contactKeys.find(
    (each) => each === wanted || config.contacts[each].issue.toLowerCase() === text.trim().toLowerCase(),
  );
  if (key !== undefined) return key;
  throw new UsageError(`no contact is for '${text}'`, {
    why: `issues are ${contactKeys.map((each) => `${each} (${config.contacts[each].issue})`).join(', ')}`,
    remedy: 'write one of them, such as: mlops escalate api_down',
  });
}
