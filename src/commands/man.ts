import { manPage } from '../report/man-page.ts';
import type { Register } from './command.ts';
import { describeCommand } from './command-tree.ts';

export const registerMan: Register = (program, open) => {
  program
    .command('man')
    .description('Print the man page of mlops with every command: roff, for man.')
    .addHelpText('after', examples)
    .action(async (_options: unknown, command) => {
      const session = open(command);
      const { version } = await import('../platform/version.ts');
      const text = manPage(describeCommand(program), version);
      session.result({ format: 'roff', text }, () => text);
    });
};

const examples = `
Examples:
  $ mlops man | sudo tee /usr/local/share/man/man1/mlops.1
  $ mlops man | man -l -

EXIT STATUS
  0 printed`;
