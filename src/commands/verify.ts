import { verdictExitCode } from '../platform/exit-codes.ts';
import type { Register } from './command.ts';

export const registerVerify: Register = (program, open) => {
  program
    .command('verify')
    .description('Show that nothing was altered: store, audit chain, stages, artifacts, golden rows.')
    .addHelpText('after', examples)
    .action(async (_options: unknown, command) => {
      const session = open(command);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { verifyWorkspace } = await import('../loop/versions/verify-workspace.ts');
      const result = await verifyWorkspace(openWorkspace(session.folder));
      session.result(result, () =>
        [
          `${result.status} - ${result.events} audit rows, ${result.artifacts} artifacts, ${result.kept_tables} tables of rows`,
          ...result.problems,
          ...result.notes.map((note) => `note: ${note}`),
        ].join('\n'),
      );
      session.exit(verdictExitCode(result.status));
    });
};

const examples = `
Examples:
  $ mlops verify
  $ mlops verify --json | jq .problems

EXIT STATUS
  0 OK · 2 CRITICAL, something was altered or is damaged · 64 usage · 65 the store is no store
  66 no store yet · 78 no workspace`;
