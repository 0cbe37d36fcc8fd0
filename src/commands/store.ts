import { verdictExitCode } from '../platform/exit-codes.ts';
import { actor } from './actor.ts';
import type { Register } from './command.ts';

interface RecoverOptions {
  readonly empty?: boolean;
  readonly reason: string;
}

export const registerStore: Register = (program, open) => {
  const store = program
    .command('store')
    .description('Bring back what a damaged store still holds.')
    .addHelpText('after', examples);
  store
    .command('recover')
    .description('Copy every row that can be read into a new store; the damaged file is kept beside it.')
    .option('--empty', 'begin with an empty store where nothing can be read')
    .option('--reason <text>', 'for the audit', 'the store was damaged')
    .addHelpText('after', examples)
    .action(async (options: RecoverOptions, command) => {
      const session = open(command);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { recoverStore } = await import('../loop/keeping/recover-store.ts');
      const { recoverView } = await import('../report/recover-view.ts');
      const request = { who: actor(), reason: options.reason, empty: options.empty === true };
      const workspace = openWorkspace(session.folder);
      const result = await recoverStore(workspace, request, session.clock, session.signal);
      session.result(result, () => recoverView(result));
      session.exit(verdictExitCode(result.status));
    });
};

const examples = `
Nothing is changed before the end; Ctrl-C leaves the store as it is. Stop what writes to it
first.

Examples:
  $ mlops store recover
  $ mlops store recover --json | jq '.tables[] | select(.lost > 0)'
  $ mlops store recover --empty --reason "disk failed, no backup"

EXIT STATUS
  0 everything is back · 1 WARNING, rows are lost · 2 CRITICAL, the new store has problems
  64 the store is whole · 65 nothing can be read · 66 no store · 74 cannot be written
  75 somebody writes to it · 78 no workspace, or written by a newer mlops
  130 interrupted, nothing changed`;
