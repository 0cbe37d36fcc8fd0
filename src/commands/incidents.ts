import { actor } from './actor.ts';
import type { Register } from './command.ts';

export const registerIncidents: Register = (program, open) => {
  const incidents = program
    .command('incidents')
    .description('What went wrong, what was done, and how long it took; heal and runbook runs open them.')
    .option('--open', 'only those that are open')
    .addHelpText('after', examples)
    .action(async (options: { readonly open?: boolean }, command) => {
      const session = open(command);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { listIncidents } = await import('../runbook/report-incident.ts');
      const { incidentsView } = await import('../report/incident-view.ts');
      const result = listIncidents(openWorkspace(session.folder), { openOnly: options.open === true });
      session.result(result, () => incidentsView(result));
    });
  incidents
    .command('show <incident>')
    .description('Timeline of one incident: audit, alerts, monitoring, versions live, steps walked.')
    .option('--markdown', 'as the draft of a post-mortem')
    .addHelpText('after', examples)
    .action(async (id: string, options: { readonly markdown?: boolean }, command) => {
      const session = open(command);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { reportIncident } = await import('../runbook/report-incident.ts');
      const { incidentMarkdown, incidentView } = await import('../report/incident-view.ts');
      const result = reportIncident(openWorkspace(session.folder), id, session.clock);
      const view = options.markdown === true ? incidentMarkdown : incidentView;
      session.result(result, () => view(result));
    });
  incidents
    .command('close <incident>')
    .description('Close one; runs of the runbook that are unfinished in it are given up.')
    .requiredOption('--reason <text>', 'how it ended, for the record')
    .addHelpText('after', examples)
    .action(async (id: string, { reason }: { readonly reason: string }, command) => {
      const session = open(command);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { endIncident } = await import('../runbook/report-incident.ts');
      const result = endIncident(openWorkspace(session.folder), id, { who: actor(), reason }, session.clock);
      session.result(result, () => `incident ${result.incident_id} is closed: ${result.title}`);
    });
};

const examples = `
Examples:
  $ mlops incidents --open
  $ mlops incidents show 3 --markdown > post-mortem.md
  $ mlops incidents close 3 --reason "pipeline mended upstream"

EXIT STATUS
  0 shown, closed · 64 usage, or it is closed already · 66 no such incident, no store yet
  75 store in use, try again · 78 no workspace`;
