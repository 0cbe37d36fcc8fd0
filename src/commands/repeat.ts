import { setTimeout } from 'node:timers/promises';
import { InterruptedError } from '../platform/errors.ts';
import type { Session } from './command.ts';

interface Look {
  readonly document: unknown;
  readonly text: () => string;
}

const clearScreen = '\u001b[H\u001b[2J\u001b[3J';

/**
 * Looks again and again until Ctrl-C, which is how it is meant to end: the exit code is that of the last look. A terminal is
 * redrawn; elsewhere one answer follows the other, with --json one document a line.
 */
export async function repeat(session: Session, seconds: number, look: () => Promise<Look>): Promise<void> {
  try {
    for (;;) {
      const { document, text } = await look();
      const output = session.json ? JSON.stringify(document) : text();
      process.stdout.write(
        `${process.stdout.isTTY && !session.json ? clearScreen : ''}${output.trimEnd()}\n`,
      );
      await setTimeout(seconds * 1000, undefined, { signal: session.signal });
    }
  } catch (error) {
    const stopped = session.signal.aborted && session.signal.reason instanceof InterruptedError;
    if (!stopped) throw error;
  }
}
