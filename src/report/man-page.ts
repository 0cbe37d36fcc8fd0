/** A command as a man page shows it. */
export interface ManCommand {
  readonly path: readonly string[];
  readonly description: string;
  readonly arguments: readonly {
    readonly name: string;
    readonly required: boolean;
    readonly many: boolean;
  }[];
  readonly options: readonly {
    readonly flags: string;
    readonly description: string;
    readonly choices: readonly string[];
  }[];
  readonly commands: readonly ManCommand[];
  /** Examples and exit status, as plain lines. */
  readonly notes: string;
}

/** The man page of a program and all its commands, in the macros of man(7). */
export function manPage(program: ManCommand, version: string): string {
  const [name = ''] = program.path;
  const everyCommand = program.commands.flatMap(withSubcommands);
  return `${[
    `.TH ${name.toUpperCase()} 1 "" "${name} ${version}" "User Commands"`,
    '.SH NAME',
    `${name} \\- ${roff(program.description)}`,
    '.SH SYNOPSIS',
    `.B ${name}`,
    '[\\fIoptions\\fR] \\fIcommand\\fR [\\fIarguments\\fR]',
    '.SH DESCRIPTION',
    roff(program.description),
    '.SH OPTIONS',
    ...program.options.flatMap(optionLines),
    ...literal(program.notes),
    '.SH COMMANDS',
    ...everyCommand.flatMap((each) => commandLines(each)),
  ].join('\n')}\n`;
}

function withSubcommands(command: ManCommand): readonly ManCommand[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}

function commandLines({
  path,
  description,
  arguments: given,
  options,
  notes,
}: ManCommand): readonly string[] {
  const usage = [...path, ...given.map(argumentText)].join(' ');
  return [
    `.SS "${roff(usage)}"`,
    roff(description),
    ...options.filter(({ flags }) => flags !== '-h, --help').flatMap(optionLines),
    ...literal(notes),
  ];
}

function argumentText({ name, required, many }: ManCommand['arguments'][number]): string {
  const text = many ? `${name}...` : name;
  return required ? `<${text}>` : `[${text}]`;
}

function optionLines({ flags, description, choices }: ManCommand['options'][number]): readonly string[] {
  const oneOf = choices.length === 0 ? '' : ` One of: ${choices.join(', ')}.`;
  return ['.TP', `\\fB${roff(flags)}\\fR`, roff(`${description}${oneOf}`)];
}

function literal(text: string): readonly string[] {
  return text === '' ? [] : ['.PP', '.nf', ...text.split('\n').map(roff), '.fi'];
}

/** Text that roff prints as it stands: escapes, hyphens that can be copied, and no line that looks like a request. */
function roff(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('"', '\\(dq')
    .replace(/^([.'])/, '\\&$1')
    .replace(/[^\x20-\x7e]/gu, (each) => `\\[u${hexadecimal(each)}]`);
}

function hexadecimal(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
}
