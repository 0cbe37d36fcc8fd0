import { readFileSync } from 'node:fs';

/** Start of a process in ticks since boot, as Linux's /proc tells it (field 22 of `stat`); null on other systems or when it is gone. */
export function processStart(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The command's name, in parentheses, may itself hold blanks and parentheses.
    return (
      stat
        .slice(stat.lastIndexOf(')') + 2)
        .split(' ')
        .at(19) ?? null
    );
  } catch {
    return null;
  }
}
