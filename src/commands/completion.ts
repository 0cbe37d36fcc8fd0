import { Argument } from 'commander';
import type { Register } from './command.ts';
import { describeCommand } from './command-tree.ts';
import { completionScripts, type Shell, shells } from './completing/scripts.ts';

export const registerCompletion: Register = (program, open) => {
  program
    .command('completion')
    .addArgument(new Argument('<shell>', 'the shell to complete in').choices(shells))
    .description('Print what makes a shell complete commands, options, versions, features and pages.')
    .addHelpText('after', examples)
    .action((shell: Shell, _options: unknown, command) => {
      const text = completionScripts[shell];
      open(command).result({ shell, text }, () => text);
    });
};

/** Asked by the scripts at each TAB: it answers whatever the line holds, and fails never. */
export const registerComplete: Register = (program) => {
  program
    .command('__complete [words...]', { hidden: true })
    .helpOption(false)
    .action(async ([index = '0', ...words]: readonly string[]) => {
      try {
        const lines = await completions(Number(index), words);
        if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`);
      } catch {
        // No workspace, a damaged store, a page that is not there: then there is nothing to offer.
      }
    });

  async function completions(index: number, words: readonly string[]): Promise<readonly string[]> {
    const { candidatesFor, situationAfter } = await import('./completing/candidates.ts');
    const { valuesFor } = await import('./completing/values.ts');
    const situation = situationAfter(describeCommand(program), words.slice(1, index));
    const folder = situation.values.get('--workspace') ?? (process.env.MLOPS_WORKSPACE || process.cwd());
    const found = await candidatesFor(situation, words[index] ?? '', async (name) => {
      try {
        return await valuesFor(name, folder);
      } catch {
        return [];
      }
    });
    return found
      .filter(({ value }) => !/[\t\n]/.test(value))
      .map(({ value, description }) => `${value}\t${description.replace(/\s+/g, ' ')}`);
  }
};

const examples = `
Examples:
  $ source <(mlops completion bash)                 in ~/.bashrc; for zsh in ~/.zshrc the same with zsh
  $ mlops completion fish | source                  in ~/.config/fish/config.fish

EXIT STATUS
  0 printed · 64 no such shell`;
