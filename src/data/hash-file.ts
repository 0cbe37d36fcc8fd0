import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { fromSystemError } from '../platform/errors.ts';

export interface FileDigest {
  readonly bytes: number;
  readonly sha256: string;
}

/** Size and sha256 of a file of any size. @throws NoInputError when it is gone */
export async function hashFile(path: string, signal?: AbortSignal): Promise<FileDigest> {
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    const chunks: AsyncIterable<Uint8Array> = createReadStream(path, { highWaterMark: 1 << 20 });
    for await (const chunk of chunks) {
      signal?.throwIfAborted();
      hash.update(chunk);
      bytes += chunk.length;
    }
  } catch (error) {
    throw fromSystemError(error, `${path} cannot be read`);
  }
  return { bytes, sha256: hash.digest('hex') };
}
