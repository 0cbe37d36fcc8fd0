import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomic } from '../data/write-file-atomic.ts';
import { DataError, fromSystemError } from '../platform/errors.ts';
import { sha256 } from '../platform/sha256.ts';

/** What is kept by its hash: models, and the training rows that current data are compared with. */
export type ArtifactKind = 'onnx' | 'parquet';

export function artifactPath(folder: string, hash: string, kind: ArtifactKind): string {
  return join(folder, `${hash}.${kind}`);
}

/** Keeps the content under its hash; the same content is kept once. @returns the hash */
export function storeArtifact(folder: string, content: Uint8Array, kind: ArtifactKind): string {
  const hash = sha256(content);
  const path = artifactPath(folder, hash, kind);
  if (!existsSync(path) || sha256(readFileSync(path)) !== hash) writeFileAtomic(path, content);
  return hash;
}

/** Moves a file that was written into the folder to its place under its hash. @returns the hash */
export function adoptArtifact(folder: string, path: string, kind: ArtifactKind): string {
  try {
    mkdirSync(folder, { recursive: true });
    const hash = sha256(readFileSync(path));
    renameSync(path, artifactPath(folder, hash, kind));
    return hash;
  } catch (error) {
    throw fromSystemError(error, `${path} cannot be kept`);
  }
}

/** @throws NoInputError when it is gone, DataError naming both hashes when it is not what was stored. */
export function readArtifact(folder: string, hash: string, kind: ArtifactKind): Uint8Array {
  const path = artifactPath(folder, hash, kind);
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
