import type { Register } from './command.ts';
import { registerDrift } from './drift.ts';
import { registerScore } from './score.ts';
import { registerTrain } from './train.ts';

/** Every subcommand, in the order of the help: a new command is one file and one line here. */
export const commands: readonly Register[] = [registerDrift, registerTrain, registerScore];
