import { runMlops } from '../executable/run-mlops.ts';

interface Help {
  readonly commands: ReadonlySet<string>;
  readonly options: ReadonlySet<string>;
  readonly optionsWithValue: ReadonlySet<string>;
  readonly takesArguments: boolean;
}

const helps = new Map<string, Promise<Help>>();

function helpOf(path: readonly string[]): Promise<Help> {
  const key = path.join(' ');
  const known = helps.get(key) ?? readHelp(path);
  helps.set(key, known);
  return known;
}

async function readHelp(path: readonly string[]): Promise<Help> {
  const { stdout } = await runMlops([...path, '--help']);
  const section = (title: string) =>
    new RegExp(`^${title}:\\n((?:(?: .*)?\\n)+?)(?=\\n|$)`, 'm').exec(stdout)?.[1] ?? '';
  const matches = (text: string, pattern: RegExp) =>
    new Set([...text.matchAll(pattern)].map(([, name]) => name ?? ''));
  return {
    commands: matches(section('Commands'), /^ {2}([a-z][\w-]*)/gm),
    options: matches(section('Options'), /(--?[a-z][\w-]*)/gi),
    optionsWithValue: matches(section('Options'), /(--[a-z][\w-]*) </gi),
    takesArguments: /[<[](?!options\]|command\])/.test(/^Usage: (.*)/.exec(stdout)?.[1] ?? ''),
  };
}

/**
 * What `--help` does not know of a command line, a text each: nothing for one that could be typed.
 */
export async function unknownIn(line: string): Promise<readonly string[]> {
  const words = (line.match(/"[^"]*"|'[^']*'|<[^>]*>|\S+/g) ?? []).slice(1);
  const top = await helpOf([]);
  const path: string[] = [];
  let help = top;
  let skip = false;
  const unknown: string[] = [];
  for (const word of words) {
    if (skip) skip = false;
    else if (word === '-C' || word === '--as-of') skip = true;
    else if (/^--?[a-z]/i.test(word)) {
      const option = word.split('=')[0] ?? word;
      if (!help.options.has(option) && !top.options.has(option))
        unknown.push(`${option} of mlops ${path.join(' ')}`);
      skip = help.optionsWithValue.has(word);
    } else if (help.commands.has(word)) {
      path.push(word);
      help = await helpOf(path);
    } else if (path.length === 0) return [`mlops ${word}`];
    else if (!help.takesArguments) return [`mlops ${path.join(' ')} ${word}`];
  }
  return unknown;
}
