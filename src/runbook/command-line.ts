import type { PageCommand } from '../data/results/runbook.ts';
import { shellWord } from '../platform/shell-word.ts';

export interface CommandContext {
  /** Of the workspace. */
  readonly root: string;
  /** As given with --as-of; handed on to every command. */
  readonly asOf: string | undefined;
}

/** Words after the program's name: the workspace first, then the command's own. @param given what stands for each `<name>` */
export function mlopsArguments(
  { words }: PageCommand,
  { root, asOf }: CommandContext,
  given: Readonly<Record<string, string>>,
): readonly string[] {
  const own = words.map(({ text, asked }) => (asked ? (given[text] ?? `<${text}>`) : text));
  return ['-C', root, ...(asOf === undefined ? [] : ['--as-of', asOf]), ...own];
}

/** The command exactly as it runs, to read or to copy. */
export function commandLine(
  command: PageCommand,
  context: CommandContext,
  given: Readonly<Record<string, string>>,
): string {
  if (command.kind === 'sh') return command.text;
  return ['mlops', ...mlopsArguments(command, context, given).map(shown)].join(' ');
}

function shown(word: string): string {
  return /^<[a-z ]+>$/.test(word) ? word : shellWord(word);
}

/** Names that a command asks for and that nobody has given yet. */
export function missingNames(
  { words }: PageCommand,
  given: Readonly<Record<string, string>>,
): readonly string[] {
  return words.filter(({ text, asked }) => asked && given[text] === undefined).map(({ text }) => text);
}
