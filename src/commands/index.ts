import type { Register } from './command.ts';

/** Every subcommand, in the order of the help: a new command is one file and one line here. */
export const commands: readonly Register[] = [];
