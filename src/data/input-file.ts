import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fromSystemError, UsageError } from '../platform/errors.ts';
import { compressionOf, decompress } from './decompress.ts';
import { type FileFormat, fileFormat, inputFormat } from './file-format.ts';
import { withTemporaryFolder } from './temporary-folder.ts';
import { whileUnchanged } from './while-unchanged.ts';

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
 * without a named format its first bytes tell it. So is what a file compressed by gzip or Zstandard holds.
 * @throws UsageError when no format is known, or when standard input is asked for a second time; DataError for a compressed
 *   file that is cut short or damaged
 */
export async function withInput<T>(
  path: string,
  format: string | undefined,
  signal: AbortSignal | undefined,
  work: (input: InputFile) => Promise<T>,
): Promise<T> {
  if (path !== standardInput) {
    const known = inputFormat(path, format);
    return withContent({ path, name: path }, signal, (content) =>
      work({ path: content, name: path, format: known }),
    );
  }
  if (process.stdin.readableEnded) {
    throw new UsageError('standard input is asked for twice', {
      why: 'it can be read only once',
      remedy: 'give one of the two as a file',
    });
  }
  return withTemporaryFolder(async (folder) => {
    const copy = join(folder, 'input');
    const name = 'standard input';
    try {
      await pipeline(process.stdin, createWriteStream(copy), signal === undefined ? {} : { signal });
    } catch (error) {
      signal?.throwIfAborted();
      throw fromSystemError(error, `${name} cannot be kept in a temporary file`);
    }
    return withContent({ path: copy, name }, signal, async (content) =>
      work({
        path: content,
        name,
        format: format === undefined ? await formatByContent(content) : fileFormat(content, format),
      }),
    );
  });
}

/** Gives `work` the path of the file, or of a temporary one with its content where it is compressed. */
async function withContent<T>(
  file: Pick<InputFile, 'path' | 'name'>,
  signal: AbortSignal | undefined,
  work: (path: string) => Promise<T>,
): Promise<T> {
  const compression = compressionOf(file.path);
  if (compression === undefined) return work(file.path);
  return withTemporaryFolder(async (folder) => {
    const content = join(folder, 'content');
    await whileUnchanged(file, () =>
      decompress({ from: file.path, to: content, name: file.name }, compression, signal),
    );
    return work(content);
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
