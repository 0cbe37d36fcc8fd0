import type { Register } from '../command.ts';
import { registerCompare } from './compare.ts';
import { registerHistory } from './history.ts';

/** To add a command below `drift`: its file here, and its line. */
export const registerDrift: Register = (program, open) => {
  const drift = registerCompare(program, open);
  registerHistory(drift, open);
};
