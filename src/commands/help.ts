import type { Command } from 'commander';
import { UsageError } from '../platform/errors.ts';
import { nearest } from '../platform/nearest.ts';
import type { Register } from './command.ts';
import { helpTextOf } from './command-tree.ts';

/** In place of commander's own, which knows commands and no topics. */
export const registerHelp: Register = (program, open) => {
  program
    .command('help [words...]')
    .description(
      'Show the help of a command, or of a topic: exit-codes, scripting, configuration, thresholds.',
    )
    .addHelpText('after', examples)
    .action(async (words: readonly string[], _options: unknown, command) => {
      const session = open(command);
      const { helpTopics } = await import('./help-topics/index.ts');
      const [first] = words;
      const topic = words.length === 1 ? helpTopics.find(({ name }) => name === first) : undefined;
      if (topic !== undefined) {
        const text = await topic.text();
        session.result({ topic: topic.name, text }, () => text);
        return;
      }
      const topics = helpTopics.map(({ name }) => name);
      const text = helpTextOf(commandNamed(program, words, topics));
      const listed = helpTopics.map(({ name, description }) => `  ${name.padEnd(14)} ${description}`);
      session.result({ topic: words.join(' '), text, topics }, () =>
        words.length > 0 ? text : `${text}\n\nTopics, with mlops help TOPIC:\n${listed.join('\n')}`,
      );
    });
};

function commandNamed(program: Command, words: readonly string[], topics: readonly string[]): Command {
  let found = program;
  for (const [depth, word] of words.entries()) {
    const next = found.commands.find((each) => each.name() === word);
    if (next === undefined) {
      const known = [...found.commands.map((each) => each.name()), ...(depth === 0 ? topics : [])];
      const [guess] = nearest(word, known);
      throw new UsageError(`there is no help on '${words.join(' ')}'`, {
        remedy:
          guess === undefined
            ? `name a command, or a topic: ${topics.join(', ')}`
            : ['mlops help', ...words.slice(0, depth), guess].join(' '),
      });
    }
    found = next;
  }
  return found;
}

const examples = `
Examples:
  $ mlops help exit-codes
  $ mlops help gate set
  $ mlops help configuration | less

EXIT STATUS
  0 shown · 64 no such command or topic`;
