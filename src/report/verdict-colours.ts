import chalk from 'chalk';
import type { Verdict } from '../platform/exit-codes.ts';

export const verdictColours: Readonly<Record<Verdict, (text: string) => string>> = {
  OK: chalk.green,
  WARNING: chalk.yellow,
  CRITICAL: chalk.red,
  UNKNOWN: chalk.magenta,
};
