import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fromSystemError, UsageError } from '../platform/errors.ts';
import { type FileFormat, fileFormat } from './file-format.ts';
import { withTemporaryFolder } from './temporary-folder.ts';

/** A data file that can be read as often as needed. */
export interface InputFile {
  readonly path: string;
  /** What messages call it. */
  readonly name: string;
  readonly format: FileFormat;
}

const standardInput = '-';

/**
 * Gives `work` the file at `path`. For `-`, standard input is first written to a temporary file that is gone afterwards;
 * without a named format its first bytes tell it.
 * @throws UsageError when no format is known, or when standard input is asked for a second time
 */
export async function withInput<T>(
  path: string,
  format: string | undefined,
  signal: AbortSignal | undefined,
  work: (input: InputFile) => Promise<T>,
): Promise<T> {
  if (path !== standardInput) return work({ path, name: path, format: fileFormat(path, format) });
  if (process.stdin.readableEnded) {
    throw new UsageError('standard input is asked for twice', {
      why: 'it can be read only once',
      remedy: 'give one of the two as a file',
    });
  }
  return withTemporaryFolder(async (folder) => {
    const copy = join(folder, 'input');
    try {
      await pipeline(process.stdin, createWriteStream(copy), signal === undefined ? {} : { signal });
    } catch (error) {
      signal?.throwIfAborted();
      throw fromSystemError(error, 'standard input cannot be kept in a temporary file');
    }
    return work({
      path: copy,
      name: 'standard input',
      format: format === undefined ? await formatByContent(copy) : fileFormat(copy, format),
    });
  });
}

async function formatByContent(path: string): Promise<FileFormat> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64));
    const head = buffer.subarray(0, bytesRead).toString('latin1');
    if (head.startsWith('PAR1')) return 'parquet';
    return head.trimStart().startsWith('{') ? 'jsonl' : 'csv';
  } finally {
    await file.close();
  }
}
