import type { Command, CommanderError } from 'commander';
import { UsageError } from '../platform/errors.ts';
import { nearest } from '../platform/nearest.ts';
import { shellWord } from '../platform/shell-word.ts';

const listing = 'mlops --help, or mlops COMMAND --help, lists what there is';

/**
 * A wrong command line as a failure whose remedy is the line that was probably meant.
 * @param command the one that found the fault
 */
export function usageErrorOf(error: CommanderError, command: Command, argv: readonly string[]): UsageError {
  const fault = faultOf(error, command);
  if (fault === undefined) {
    return new UsageError(error.message.replace(/^error: /, '').replace(/\n+/g, ' '), { remedy: listing });
  }
  const { message, word, known } = fault;
  const near = nearest(word, known);
  const [guess] = near;
  if (guess === undefined) return new UsageError(message, { remedy: listing });
  return new UsageError(message, {
    ...(near.length === 1 ? {} : { why: `near it are ${near.join(', ')}` }),
    remedy: ['mlops', ...replaced(argv, word, guess).map(shellWord)].join(' '),
  });
}

interface Fault {
  readonly message: string;
  readonly word: string;
  readonly known: readonly string[];
}

function faultOf(error: CommanderError, command: Command): Fault | undefined {
  const [, word = ''] = /'([^']*)'/.exec(error.message) ?? [];
  if (error.code === 'commander.unknownOption') {
    const [name = word] = word.split('=');
    return { message: `unknown option '${name}'`, word: name, known: optionsOf(command) };
  }
  if (error.code === 'commander.unknownCommand') {
    return { message: `unknown command '${word}'`, word, known: namesOf(command) };
  }
  const [first] = command.args;
  if (error.code !== 'commander.excessArguments' || first === undefined) return undefined;
  // A command that works without its subcommands, as drift does, is more often given a file than a misspelt word.
  if (nearest(first, namesOf(command)).length === 0) return undefined;
  return { message: `unknown command '${command.name()} ${first}'`, word: first, known: namesOf(command) };
}

function namesOf(command: Command): readonly string[] {
  return command.commands.map((each) => each.name());
}

function optionsOf(command: Command): readonly string[] {
  const own = command.createHelp().visibleOptions(command);
  return [...own.flatMap(({ long }) => long ?? []), ...(command.parent ? optionsOf(command.parent) : [])];
}

function replaced(argv: readonly string[], word: string, by: string): readonly string[] {
  const at = argv.findIndex((each) => each === word || each.startsWith(`${word}=`));
  return argv.map((each, index) => (index === at ? by + each.slice(word.length) : each));
}
