import chalk from 'chalk';
import type { Verdict } from '../platform/exit-codes.ts';

const colours: Readonly<Record<Verdict, (text: string) => string>> = {
  OK: chalk.green,
  WARNING: chalk.yellow,
  CRITICAL: chalk.red,
  UNKNOWN: chalk.magenta,
};

/** The verdict in its colour, padded to `width` before it is coloured. */
export function colouredVerdict(verdict: Verdict, width = 0): string {
  return colours[verdict](verdict.padEnd(width));
}
