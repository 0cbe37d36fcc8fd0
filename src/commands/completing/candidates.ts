import type { DescribedCommand, DescribedOption } from '../command-tree.ts';

export interface Candidate {
  readonly value: string;
  readonly description: string;
}

/** What the command line says up to the word that is being completed. */
export interface Situation {
  readonly command: DescribedCommand;
  /** Of the program and every command passed on the way. */
  readonly options: readonly DescribedOption[];
  /** Arguments of the command that stand already. */
  readonly given: number;
  /** Option whose value is being completed. */
  readonly pending: DescribedOption | undefined;
  /** Values of the options that stand already, by long name. */
  readonly values: ReadonlyMap<string, string>;
}

/** Reads the words before the one that is being completed; what it does not know, it passes over. */
export function situationAfter(program: DescribedCommand, words: readonly string[]): Situation {
  let command = program;
  let options = program.options;
  let given = 0;
  let pending: DescribedOption | undefined;
  const values = new Map<string, string>();
  const keep = (option: DescribedOption, value: string) => values.set(option.names.at(-1) ?? '', value);
  for (const word of words) {
    if (pending !== undefined) {
      keep(pending, word);
      pending = undefined;
      continue;
    }
    if (word.startsWith('-') && word !== '-') {
      const [name = '', ...rest] = word.split('=');
      const option = options.find(({ names }) => names.includes(name));
      if (option?.value === undefined) continue;
      if (rest.length > 0) keep(option, rest.join('='));
      else pending = option;
      continue;
    }
    const next = given === 0 ? command.commands.find((each) => each.name === word) : undefined;
    if (next === undefined) given++;
    else {
      command = next;
      options = [...options, ...next.options];
    }
  }
  return { command, options, given, pending, values };
}

/**
 * What may stand for the word: options after a dash, the values of an option, else commands and arguments. Nothing where a
 * file is meant; the shell completes those itself.
 * @param valuesFor values of what an argument or an option's value is called, such as `version`
 */
export async function candidatesFor(
  { command, options, given, pending }: Situation,
  word: string,
  valuesFor: (name: string) => Promise<readonly Candidate[]>,
): Promise<readonly Candidate[]> {
  if (pending !== undefined) return startingWith(word, await optionValues(pending, valuesFor));
  const [name = '', ...rest] = word.split('=');
  if (rest.length > 0 && word.startsWith('--')) {
    const option = options.find(({ names }) => names.includes(name));
    const found = option === undefined ? [] : await optionValues(option, valuesFor);
    return startingWith(
      word,
      found.map((each) => ({ ...each, value: `${name}=${each.value}` })),
    );
  }
  if (word.startsWith('-')) {
    const byName = new Map(options.map(({ names, description }) => [names.at(-1) ?? '', description]));
    const long = [...byName].map(([value, description]) => ({ value, description }));
    return startingWith(word, long);
  }
  const argument = command.arguments[given] ?? command.arguments.findLast(({ many }) => many);
  const commands = given > 0 ? [] : command.commands;
  return startingWith(word, [
    ...commands.map((each) => ({ value: each.name, description: each.description })),
    ...(argument === undefined ? [] : await valuesFor(argument.name)),
  ]);
}

async function optionValues(
  { value, choices }: DescribedOption,
  valuesFor: (name: string) => Promise<readonly Candidate[]>,
): Promise<readonly Candidate[]> {
  if (choices.length > 0) return choices.map((choice) => ({ value: choice, description: '' }));
  return value === undefined ? [] : valuesFor(value);
}

/** After the last comma of the word, so that lists are completed, too. */
function startingWith(word: string, candidates: readonly Candidate[]): readonly Candidate[] {
  const whole = candidates.filter(({ value }) => value.startsWith(word));
  const comma = word.lastIndexOf(',') + 1;
  if (whole.length > 0 || comma === 0) return whole;
  const before = word.slice(0, comma);
  const used = before.split(',');
  return candidates
    .filter(({ value }) => value.startsWith(word.slice(comma)) && !used.includes(value))
    .map((each) => ({ ...each, value: before + each.value }));
}
