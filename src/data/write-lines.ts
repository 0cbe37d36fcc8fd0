import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { fromSystemError } from '../platform/errors.ts';
import { nextTurn } from '../platform/next-turn.ts';
import type { FileDigest } from './hash-file.ts';
import type { Row, RowText } from './row-text.ts';

export interface WrittenRows extends FileDigest {
  readonly rows: number;
}

const rowsAWrite = 1000;

/** Writes a line a row, flushed to the disk at the end; what was begun is for the caller to remove. */
export async function writeLines(
  path: string,
  text: RowText,
  rows: Iterable<Row>,
  signal: AbortSignal,
): Promise<WrittenRows> {
  const hash = createHash('sha256');
  let bytes = 0;
  let written = 0;
  try {
    const descriptor = openSync(path, 'wx');
    const append = (lines: string) => {
      const chunk = Buffer.from(lines);
      hash.update(chunk);
      bytes += chunk.length;
      for (let at = 0; at < chunk.length; ) at += writeSync(descriptor, chunk, at);
    };
    try {
      let lines = text.header;
      for (const row of rows) {
        lines += text.line(row);
        if (++written % rowsAWrite !== 0) continue;
        append(lines);
        lines = '';
        await nextTurn(signal);
      }
      append(lines);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    throw fromSystemError(error, `${path} cannot be written`);
  }
  return { rows: written, bytes, sha256: hash.digest('hex') };
}
