import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomic } from '../data/write-file-atomic.ts';
import { DataError, fromSystemError } from '../platform/errors.ts';

export function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

function artifactPath(folder: string, hash: string): string {
  return join(folder, `${hash}.onnx`);
}

/** Keeps the content under its hash; the same content is kept once. */
export function storeArtifact(folder: string, content: Uint8Array): string {
  const hash = sha256(content);
  const path = artifactPath(folder, hash);
  if (!existsSync(path) || sha256(readFileSync(path)) !== hash) writeFileAtomic(path, content);
  return hash;
}

/** @throws NoInputError when it is gone, DataError naming both hashes when it is not what was stored. */
export function readArtifact(folder: string, hash: string): Uint8Array {
  const path = artifactPath(folder, hash);
  let content: Uint8Array;
  try {
    content = readFileSync(path);
  } catch (error) {
    throw fromSystemError(error, `the artifact ${path} cannot be read`);
  }
  const found = sha256(content);
  if (found === hash) return content;
  throw new DataError(`the artifact ${path} is damaged`, {
    why: `its sha256 is ${found}, it was stored as ${hash}`,
    remedy: 'restore that file from a backup, or choose another version',
  });
}
