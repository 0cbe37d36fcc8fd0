import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { lengthInWords, sizeInWords } from '../../../health/in-words.ts';
import { dayMs } from '../../../platform/durations.ts';
import type { Section } from '../section.ts';

/** The runbook makes one every Friday. */
const oldest = 7 * dayMs;

export const backupsSection: Section = {
  name: 'backups',
  title: 'Backups',
  lists: ['friday'],
  needs: 'files',
  examine: async ({ workspace: { paths }, now }) => {
    const [newest] = backups(paths.backups);
    if (newest === undefined)
      return { status: 'WARNING', lines: [`there is no backup in ${paths.backups}`], remedy: 'mlops backup' };
    const age = Math.max(0, now - newest.at);
    return {
      status: age > oldest ? 'WARNING' : 'OK',
      lines: [`${newest.name}, ${lengthInWords(age)} old, ${sizeInWords(newest.bytes)}`],
      remedy: age > oldest ? 'mlops backup' : null,
    };
  },
};

function backups(folder: string) {
  return entriesOf(folder)
    .map((name) => {
      const { mtimeMs: at, size: bytes } = statSync(join(folder, name));
      return { name, at, bytes };
    })
    .toSorted((a, b) => b.at - a.at);
}

function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
