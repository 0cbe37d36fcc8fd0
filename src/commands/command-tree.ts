import type { Command, Option } from 'commander';

export interface DescribedOption {
  /** As the help writes it: `-C, --workspace <dir>`. */
  readonly flags: string;
  readonly names: readonly string[];
  readonly description: string;
  /** What its value is called, such as `version`; undefined for a switch. */
  readonly value: string | undefined;
  readonly choices: readonly string[];
}

export interface DescribedArgument {
  readonly name: string;
  readonly required: boolean;
  readonly many: boolean;
}

/** A command as completion and the man page need it. */
export interface DescribedCommand {
  readonly name: string;
  /** Words from the program's name on. */
  readonly path: readonly string[];
  readonly description: string;
  readonly arguments: readonly DescribedArgument[];
  readonly options: readonly DescribedOption[];
  readonly commands: readonly DescribedCommand[];
  /** What its help says after the options: examples, exit status. */
  readonly notes: string;
}

/** The program and every command that its help shows. */
export function describeCommand(command: Command, above: readonly string[] = []): DescribedCommand {
  const path = [...above, command.name()];
  const help = command.createHelp();
  return {
    name: command.name(),
    path,
    description: command.description(),
    arguments: command.registeredArguments.map((each) => ({
      name: each.name(),
      required: each.required,
      many: each.variadic,
    })),
    options: help.visibleOptions(command).map(describeOption),
    commands: help
      .visibleCommands(command)
      .filter((each) => command.commands.includes(each))
      .map((each) => describeCommand(each, path)),
    get notes() {
      return helpTextOf(command).slice(command.helpInformation().length).trim();
    },
  };
}

function describeOption(option: Option): DescribedOption {
  const takesValue = option.required || option.optional;
  return {
    flags: option.flags,
    names: [option.short, option.long].filter((each) => each !== undefined),
    description: option.description,
    value: takesValue ? /[<[]([^>\].]+)/.exec(option.flags)?.[1] : undefined,
    choices: option.argChoices ?? [],
  };
}

/** What `--help` of a command prints. */
export function helpTextOf(command: Command): string {
  const before = command.configureOutput();
  let text = '';
  command.configureOutput({
    writeOut: (part) => {
      text += part;
    },
  });
  try {
    command.outputHelp();
  } finally {
    command.configureOutput(before);
  }
  return text.trimEnd();
}
