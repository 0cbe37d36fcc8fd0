import { exitCodes } from '../platform/exit-codes.ts';
import { actor } from './actor.ts';
import type { Register } from './command.ts';

export const registerContacts: Register = (program, open) => {
  program
    .command('contacts')
    .description('Whom to call for what, who has it now, and by when they answer.')
    .addHelpText('after', contactsExamples)
    .action(async (_options: unknown, command) => {
      const session = open(command);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { readContacts } = await import('../loop/alerting/contacts.ts');
      const { contactsView } = await import('../report/contacts-view.ts');
      const result = readContacts(openWorkspace(session.folder), session.clock);
      session.result(result, () => contactsView(result));
    });
};

export const registerEscalate: Register = (program, open) => {
  program
    .command('escalate <issue>')
    .description('Ask whoever has this issue, through their channels; opens an incident.')
    .option('--message <text>', 'what is wrong and what you know')
    .addHelpText('after', escalateExamples)
    .action(async (issue: string, options: { readonly message?: string }, command) => {
      const session = open(command);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { escalateIssue } = await import('../loop/alerting/contacts.ts');
      const { escalationView } = await import('../report/contacts-view.ts');
      const result = await escalateIssue(
        openWorkspace(session.folder),
        { issue, message: options.message, who: actor() },
        session.clock,
        session.signal,
        session.say,
      );
      session.result(result, () => escalationView(result));
      session.exit(result.channels.length === 0 ? exitCodes.warning : exitCodes.ok);
    });
};

const contactsExamples = `
Rotas stand under escalation in mlops.yaml; the table under contacts.

Examples:
  $ mlops contacts
  $ mlops --as-of 2026-12-24T20:00:00Z contacts          who has Christmas Eve?

EXIT STATUS
  0 shown · 78 no workspace`;

const escalateExamples = `
Issues: api_down, high_drift, model_performance, infrastructure, or their names. When nobody
acknowledges within the response time, mlops alerts deliver and mlops alerts evaluate pass it on
to the next. To acknowledge: mlops alerts ack NUMBER.

Examples:
  $ mlops escalate api_down --message 'restarted twice, port 8000 is held by pid 4711'
  $ mlops escalate 'High Drift Alert'

EXIT STATUS
  0 asked · 1 no channel is set up: call them yourself · 64 no such issue · 66 no store yet
  75 store in use, try again · 78 no workspace`;
