import type { Session } from './command.ts';

const silentAtFirst = 2000;
const everyOnTerminal = 200;
const everyElsewhere = 5000;
const eraseLine = '\r\u001b[K';

export interface RowProgress {
  /** @param total about how many rows there are, where that can be told */
  advance(rows: number, total: number | undefined): void;
  /** Takes the line off a terminal again. */
  end(): void;
}

/**
 * Tells on standard error how far long work has come: rows, rate, time left. A terminal's one line is rewritten; elsewhere
 * a line is added every few seconds. Nothing with --quiet, nor for work that ends within two seconds.
 */
export function rowProgress(session: Session, verb: string): RowProgress {
  const terminal = process.stderr.isTTY === true;
  const every = terminal ? everyOnTerminal : everyElsewhere;
  const started = performance.now();
  let told = started + silentAtFirst - every;
  let open = false;
  return {
    advance: (rows, total) => {
      const now = performance.now();
      if (session.quiet || now - told < every) return;
      told = now;
      const line = describeProgress(rows, total, (now - started) / 1000, verb);
      open = terminal;
      process.stderr.write(terminal ? `${eraseLine}${line}` : `${line}\n`);
    },
    end: () => {
      if (open) process.stderr.write(eraseLine);
    },
  };
}

/** @param seconds since the start */
export function describeProgress(
  rows: number,
  total: number | undefined,
  seconds: number,
  verb: string,
): string {
  const rate = rows / seconds;
  const parts = [
    `${grouped(rows)} ${total === undefined ? '' : `of about ${grouped(Math.max(rows, total))} `}rows ${verb}`,
    `${grouped(rate)} a second`,
  ];
  if (total !== undefined) parts.push(`${duration(Math.max(0, total - rows) / rate)} left`);
  return parts.join(', ');
}

function grouped(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
