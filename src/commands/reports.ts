import type { Command } from 'commander';
import type { Register, Session } from './command.ts';
import { requireCount } from './option-values.ts';

interface ReportsOptions {
  readonly last: string;
}

export const registerReports: Register = (program, open) => {
  const reports = program
    .command('reports')
    .description('List the monitoring reports, newest first, with verdict and drifted features.')
    .option('-n, --last <n>', 'so many', '10')
    .addHelpText('after', examples)
    .action(async (options: ReportsOptions, command) => {
      const session = open(command);
      const most = requireCount('--last', options.last);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { listReports } = await import('../loop/monitoring/drift-history.ts');
      const { reportsView } = await import('../report/drift-history-view.ts');
      const result = listReports(openWorkspace(session.folder), most, session.clock.now());
      session.result(result, () => reportsView(result));
    });
  reports
    .command('latest')
    .description('Print the path of the newest report.')
    .addHelpText('after', examples)
    .action(async (_options: unknown, command) => {
      const { session, report } = await latest(open, command);
      session.result(report, () => report.path);
    });
  reports
    .command('open')
    .description('Open the newest report in a browser; print its path where there is none.')
    .addHelpText('after', examples)
    .action(async (_options: unknown, command) => {
      const { session, report } = await latest(open, command);
      const { openInBrowser } = await import('./open-in-browser.ts');
      const opened = openInBrowser(report.path, process.env);
      session.result({ ...report, opened }, () => report.path);
      if (!opened)
        session.say('there is no browser here: set BROWSER, or copy the file to where there is one');
    });
};

async function latest(open: (command: Command) => Session, command: Command) {
  const session = open(command);
  const { openWorkspace } = await import('../workspace/index.ts');
  const { latestReport } = await import('../loop/monitoring/drift-history.ts');
  return { session, report: latestReport(openWorkspace(session.folder), session.clock.now()) };
}

const examples = `
Examples:
  $ mlops reports
  $ mlops reports open
  $ scp "$(mlops reports latest)" desk:

EXIT STATUS
  0 shown · 64 usage · 66 no report, no store yet · 78 no workspace`;
