import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { InternalError } from './errors.ts';
import { assetKey, type NativeFile, type NativeLibrary, type NativeManifest } from './native-libraries.ts';
import { sha256 } from './sha256.ts';

export interface NativeSource {
  readonly manifest: NativeManifest;
  /** The zstd-compressed asset of that key. */
  readonly asset: (key: string) => Uint8Array;
}

/**
 * Folder that holds the addon and its libraries, unpacked from the executable at first use.
 *
 * The folder is named by the content's hash and appears whole, by one rename, so that any number of first starts at once
 * end with one good copy. A file whose size, time or inode differs from the stamp left at verification is hashed again,
 * and unpacked again when the hash is wrong.
 */
export function unpackNative(
  library: NativeLibrary,
  source: NativeSource,
  environment: NodeJS.ProcessEnv,
  warn: (line: string) => void,
): string {
  const files = source.manifest[library];
  const name = `${library}-${contentHash(files).slice(0, 16)}`;
  for (const root of cacheRoots(environment)) {
    const folder = join(root, name);
    try {
      if (isVerified(folder, files)) return folder;
      mkdirSync(root, { recursive: true, mode: 0o700 });
      return unpackInto(root, folder, library, files, source);
    } catch (error) {
      if (error instanceof InternalError) throw error;
      const why = error instanceof Error ? error.message : String(error);
      warn(`the cache folder ${root} cannot be used (${why}); set MLOPS_CACHE to one that can be written`);
    }
  }
  const temporary = mkdtempSync(join(tmpdir(), 'mlops-cache-'));
  process.once('exit', () => rmSync(temporary, { recursive: true, force: true }));
  warn(`native libraries are unpacked for this run only, into ${temporary}`);
  return unpackInto(temporary, join(temporary, name), library, files, source);
}

function cacheRoots(environment: NodeJS.ProcessEnv): readonly string[] {
  if (environment.MLOPS_CACHE) return [environment.MLOPS_CACHE];
  const user = environment.XDG_CACHE_HOME || join(environment.HOME || homedir(), '.cache');
  const owner = typeof process.getuid === 'function' ? process.getuid() : 'user';
  return [join(user, 'mlops'), join(tmpdir(), `mlops-cache-${owner}`)].filter(ownedByUs);
}

/** A shared temporary folder prepared by someone else must not feed libraries to this process. */
function ownedByUs(root: string): boolean {
  if (!existsSync(root) || typeof process.getuid !== 'function') return true;
  return statSync(root).uid === process.getuid();
}

function contentHash(files: readonly NativeFile[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file.name}\0${file.sha256}\n`);
  return hash.digest('hex');
}

function stampOf(folder: string, files: readonly NativeFile[]): string {
  return files
    .map((file) => {
      const { size, mtimeMs, ctimeMs, ino } = statSync(join(folder, file.name));
      return `${file.name} ${size} ${mtimeMs} ${ctimeMs} ${ino}`;
    })
    .join('\n');
}

function isVerified(folder: string, files: readonly NativeFile[]): boolean {
  if (files.some((file) => !existsSync(join(folder, file.name)))) return false;
  const stamp = stampOf(folder, files);
  const stampFile = join(folder, 'verified');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return true;
  for (const file of files) {
    if (statSync(join(folder, file.name)).size !== file.bytes) return false;
    if (sha256(readFileSync(join(folder, file.name))) !== file.sha256) return false;
  }
  writeWhole(folder, 'verified', stamp);
  return true;
}

function unpackInto(
  root: string,
  folder: string,
  library: NativeLibrary,
  files: readonly NativeFile[],
  source: NativeSource,
): string {
  // Loaded here because every later start does without it.
  const { zstdDecompressSync } = process.getBuiltinModule('node:zlib');
  const fresh = mkdtempSync(join(root, 'unpacking-'));
  try {
    for (const file of files) {
      const content = zstdDecompressSync(source.asset(assetKey(library, file.name)));
      if (sha256(content) !== file.sha256) {
        throw new InternalError(`the executable is damaged: ${file.name} inside it has the wrong hash`, {
          remedy: 'install mlops again',
        });
      }
      writeDurably(join(fresh, file.name), content);
    }
    return putInPlace(fresh, folder, files);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

function putInPlace(fresh: string, folder: string, files: readonly NativeFile[]): string {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      renameSync(fresh, folder);
    } catch (error) {
      if (!existsSync(folder)) throw error;
      if (isVerified(folder, files)) return folder;
      const damaged = mkdtempSync(`${folder}-damaged-`);
      try {
        renameSync(folder, join(damaged, 'cache'));
      } catch {
        // Another start has moved it away first.
      }
      rmSync(damaged, { recursive: true, force: true });
      continue;
    }
    isVerified(folder, files);
    return folder;
  }
  throw new Error(`another process keeps replacing ${folder}`);
}

function writeDurably(path: string, content: Uint8Array): void {
  const descriptor = openSync(path, 'wx', 0o700);
  try {
    let written = 0;
    while (written < content.length) written += writeSync(descriptor, content, written);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function writeWhole(folder: string, name: string, text: string): void {
  const fresh = join(folder, `${name}.${process.pid}`);
  writeFileSync(fresh, text);
  renameSync(fresh, join(folder, name));
}
