import type { Register } from './command.ts';
import { requireCount } from './option-values.ts';

interface RunsOptions {
  readonly last: string;
}

export const registerRuns: Register = (program, open) => {
  const runs = program
    .command('runs')
    .description('List training and heal runs, newest first, also those that failed.')
    .option('-n, --last <n>', 'so many', '20')
    .addHelpText('after', examples)
    .action(async (options: RunsOptions, command) => {
      const session = open(command);
      const most = requireCount('--last', options.last);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { readRuns } = await import('../loop/keeping/read-runs.ts');
      const { runsView } = await import('../report/runs-view.ts');
      const result = readRuns(openWorkspace(session.folder), most);
      session.result(result, () => runsView(result));
    });
  runs
    .command('show <run>')
    .description('One run: its steps; why it brought no model, what would have been enough, what to do.')
    .addHelpText('after', examples)
    .action(async (text: string, _options: unknown, command) => {
      const session = open(command);
      const number = requireCount('RUN', text);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { readRun } = await import('../loop/keeping/read-runs.ts');
      const { runView } = await import('../report/runs-view.ts');
      const result = readRun(openWorkspace(session.folder), number, session.clock.now());
      session.result(result, () => runView(result));
    });
};

const examples = `
Examples:
  $ mlops runs
  $ mlops runs show 12
  $ mlops runs --json | jq '.runs[] | select(.status == "failed")'

EXIT STATUS
  0 shown · 64 usage · 66 no such run, no store yet · 78 no workspace`;
