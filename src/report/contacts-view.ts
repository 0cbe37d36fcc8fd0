import type { ContactsResult, EscalationResult } from '../data/results/contacts.ts';
import { plainTable } from './plain-table.ts';

/** The contacts table, with who has it now. */
export function contactsView({ contacts }: ContactsResult): string {
  return plainTable(
    ['issue', 'contact', 'on call now', 'response', 'acknowledged by', 'then', 'escalate with'].map(
      (head) => ({ head }),
    ),
    contacts.map((row) => [
      row.issue,
      row.contact,
      row.on_call ?? '–',
      row.response,
      row.deadline,
      contacts.find(({ key }) => key === row.next)?.contact ?? '–',
      `mlops escalate ${row.key}`,
    ]),
  );
}

/** Whom an escalation asked, and how it goes on. */
export function escalationView(result: EscalationResult): string {
  const who = result.on_call === null ? result.contact : `${result.on_call}, ${result.contact}`;
  const how =
    result.channels.length === 0
      ? `no channel is set up in mlops.yaml: call ${who} yourself`
      : `${who} is asked through ${result.channels.join(', ')}`;
  return [
    how,
    `incident ${result.incident}${result.opened ? '' : ', open since an escalation before'}; response: ${result.response}`,
    `unacknowledged at ${result.deadline} it goes to the next; to acknowledge: mlops alerts ack ${result.alert}`,
  ].join('\n');
}
