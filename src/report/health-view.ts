import chalk from 'chalk';
import type { HealthCheck, HealthResult } from '../data/results/health.ts';
import { colouredVerdict } from './verdict-colour.ts';
import { wrap } from './wrap.ts';

const columns = 100;
const statusWidth = 'CRITICAL'.length;
const longestName = 24;

/** The health result for a terminal, 100 columns wide: a line a check, and under what is not well what to do and whom to call. */
export function healthView({ status, generated_at, checks }: HealthResult): string {
  const nameWidth = Math.max(...checks.map((check) => shown(check.name).length));
  const well = checks.filter((check) => check.status === 'OK').length;
  return [
    `${colouredVerdict(status)} - ${well} of ${checks.length} checks OK, ${generated_at}`,
    ...checks.flatMap((check) => linesOf(check, nameWidth)),
  ].join('\n');
}

function shown(name: string): string {
  return name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name;
}

function linesOf(check: HealthCheck, nameWidth: number): readonly string[] {
  const indent = ' '.repeat(statusWidth + nameWidth + 4);
  const width = columns - indent.length;
  const [summary = '', ...more] = wrap(check.summary, width);
  const tone = check.status === 'OK' && check.observed === null ? chalk.dim : (text: string) => text;
  const status = colouredVerdict(check.status, statusWidth);
  return [
    `${status}  ${shown(check.name).padEnd(nameWidth)}  ${tone(summary)}`,
    ...more.map((line) => indent + tone(line)),
    ...advice(check, width).map((line) => indent + line),
  ];
}

function advice({ remedy, contact }: HealthCheck, width: number): readonly string[] {
  if (remedy === null) return [];
  return [...wrap(`try: ${remedy}`, width), ...wrap(`call: ${contact.contact} (${contact.response})`, width)];
}
