import chalk from 'chalk';
import type { LogLevelName, LogsResult, ShownLogLine } from '../data/results/logs.ts';

const colours: Readonly<Record<LogLevelName, (text: string) => string>> = {
  debug: chalk.dim,
  info: (text) => text,
  warn: chalk.yellow,
  error: chalk.red,
  critical: chalk.red.bold,
};
const levelWidth = 'critical'.length;
const timeWidth = '2026-01-01T00:00:00.000Z'.length;

export function logsView({ lines, unavailable }: LogsResult): string {
  const width = Math.max(0, ...lines.map((each) => each.source.length));
  const shown = lines.map((line) => logLineView(line, width));
  return [...(shown.length === 0 ? ['no lines'] : shown), ...unavailable.map(unavailableView)].join('\n');
}

export function logLineView({ at, level, source, text }: ShownLogLine, sourceWidth: number): string {
  const colour = level === null ? (each: string) => each : colours[level];
  return `${(at ?? '').padEnd(timeWidth)}  ${colour((level ?? '').padEnd(levelWidth))}  ${source.padEnd(sourceWidth)}  ${colour(text)}`;
}

export function unavailableView({ source, why }: LogsResult['unavailable'][number]): string {
  return chalk.magenta(`${source}: not shown, ${why}`);
}
