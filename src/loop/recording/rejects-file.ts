import { basename, join, resolve } from 'node:path';
import { csvCell } from '../../data/row-text.ts';
import { writeFileAtomic } from '../../data/write-file-atomic.ts';
import { InputOutputError } from '../../platform/errors.ts';
import type { Workspace } from '../../workspace/index.ts';

export interface Reject {
  /** Line or row of the input, from 1. */
  readonly place: number;
  readonly value: string;
  readonly reason: string;
}

/**
 * Writes the rows that were not taken to `<input>.rejects.csv`, or into the workspace's reports where that folder cannot be
 * written, as on a read-only share, and for standard input.
 * @param placeName what the first column counts
 * @returns absolute path of the file
 */
export function writeRejects(
  workspace: Workspace,
  input: string,
  placeName: 'line' | 'row',
  rejects: Iterable<Reject>,
): string {
  const lines = [`${placeName},value,reason`];
  for (const { place, value, reason } of rejects) lines.push(`${place},${csvCell(value)},${csvCell(reason)}`);
  const text = `${lines.join('\n')}\n`;
  const inReports = (name: string) => join(workspace.paths.reports, `${name}.rejects.csv`);
  if (input === '-') return write(inReports('standard-input'), text);
  try {
    return write(resolve(`${input}.rejects.csv`), text);
  } catch (error) {
    if (!(error instanceof InputOutputError)) throw error;
    return write(inReports(basename(input)), text);
  }
}

function write(path: string, text: string): string {
  writeFileAtomic(path, text);
  return path;
}
