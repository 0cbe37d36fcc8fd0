// Holds the help of every command to test/golden/help/<command>.txt. After a wanted change write them anew, and read the diff:
//   npm run build && UPDATE_GOLDEN=1 npx vitest run test/executable/help.test.ts
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command, Option } from 'commander';
import { describe, expect, test } from 'vitest';
import { buildProgram } from '../../src/commands/program.ts';
import { exitCodes } from '../../src/platform/exit-codes.ts';
import { runMlops } from './run-mlops.ts';

const goldenFolder = join(import.meta.dirname, '..', 'golden', 'help');
const widest = 100;
const widestExample = 115;

interface Named {
  readonly words: readonly string[];
  readonly command: Command;
}

/** Without the one that shells ask for completions, and commander's own help. */
function visibleCommands(command: Command): readonly Command[] {
  return command
    .createHelp()
    .visibleCommands(command)
    .filter((each) => command.commands.includes(each));
}

function withSubcommands(command: Command, words: readonly string[]): readonly Named[] {
  return [
    { words, command },
    ...visibleCommands(command).flatMap((each) => withSubcommands(each, [...words, each.name()])),
  ];
}

const program = buildProgram(new AbortController().signal, { exitCode: 0 });
const commands = withSubcommands(program, []);
const nameOf = (words: readonly string[]) => ['mlops', ...words].join('-');
const helpOf = async (words: readonly string[]) => (await runMlops([...words, '--help'])).stdout;

describe.each(commands.map((each) => [nameOf(each.words), each] as const))('%s --help', (name, { words }) => {
  test('is as in its golden file', async () => {
    const { code, stdout, stderr } = await runMlops([...words, '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const path = join(goldenFolder, `${name}.txt`);
    if (process.env.UPDATE_GOLDEN !== undefined) writeFileSync(path, stdout);
    expect(stdout).toBe(readFileSync(path, 'utf8'));
  });

  test('has examples, and exit codes that exist, on lines that fit', async () => {
    const lines = (await helpOf(words)).split('\n');
    expect(lines).toContain('Examples:');
    expect(lines).toContain('EXIT STATUS');
    const statuses = lines.slice(lines.indexOf('EXIT STATUS') + 1).join(' · ');
    const known = Object.values(exitCodes).map(String);
    for (const [, code] of statuses.matchAll(/(?:^|· )\s*(\d+) /g)) expect(known).toContain(code);
    expect(lines.filter((line) => line.length > (line.startsWith('  $ ') ? widestExample : widest))).toEqual(
      [],
    );
  });

  test('names in its examples only commands and options that there are', async () => {
    for (const line of examplesIn(await helpOf(words))) {
      for (const invocation of invocationsIn(line))
        expect([line, faultOf(invocation)]).toEqual([line, undefined]);
    }
  });
});

test('no golden file stands for a command that is gone', () => {
  const expected = commands.map(({ words }) => `${nameOf(words)}.txt`);
  expect(readdirSync(goldenFolder).toSorted()).toEqual(expected.toSorted());
});

function examplesIn(help: string): readonly string[] {
  return help.split('\n').flatMap((line) => (/^ {2}\$ /.test(line) ? [line.slice(4)] : []));
}

/** The words of each call of mlops in a line of shell, what follows two blanks being a remark. */
function invocationsIn(line: string): readonly (readonly string[])[] {
  const command = line.replace(/ {2,}\S.*$/, '');
  return command
    .split(/ && | \|\| | \| /)
    .filter((part) => part.startsWith('mlops '))
    .map((part) => (part.match(/"[^"]*"|'[^']*'|\S+/g) ?? []).slice(1).filter((word) => word !== '>'));
}

/** Those of the command and of all above it, which it understands too. */
function optionsOf(command: Command | null): readonly Option[] {
  return command === null ? [] : [...command.options, ...optionsOf(command.parent)];
}

function faultOf(words: readonly string[]): string | undefined {
  let command = program;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word === '--version' && at === 0) return undefined;
    if (word.startsWith('-') && word !== '-') {
      const option = optionsOf(command).find((each) => each.long === word || each.short === word);
      if (option === undefined) return `there is no option ${word}`;
      if (option.required) at++;
      continue;
    }
    const sub = command.commands.find((each) => each.name() === word);
    if (sub !== undefined) command = sub;
    else if (command.registeredArguments.length === 0) return `${command.name()} takes no ${word}`;
  }
  const missing = command.options.find((each) => each.mandatory && !words.includes(each.long ?? ''));
  return missing === undefined ? undefined : `${missing.long} is missing`;
}
