import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type FileDigest, hashFile } from '../../data/hash-file.ts';
import { isZstd } from '../../data/read-archive.ts';
import type { ExportManifest, ExportVerification } from '../../data/results/export.ts';
import { NoInputError } from '../../platform/errors.ts';
import { readExportArchive } from './archive-manifest.ts';
import { manifestName, readManifest } from './manifest.ts';

/**
 * Compares an export's files with its manifest; needs no workspace.
 * @param path the folder, its manifest.json, or the archive
 * @throws NoInputError when there is no such export, DataError when its manifest is none
 */
export async function verifyExport(path: string, signal: AbortSignal): Promise<ExportVerification> {
  if (!existsSync(path)) throw new NoInputError(`${path}: no such export`, { remedy: 'check the path' });
  if (statSync(path).isFile() && isZstd(path)) return verifyArchive(path, signal);
  const manifestPath = statSync(path).isDirectory() ? join(path, manifestName) : path;
  const manifest = readManifest(manifestPath);
  const folder = dirname(manifestPath);
  const named = [manifestName, ...manifest.files.map((file) => file.name)];
  const problems = readdirSync(folder)
    .filter((name) => !named.includes(name))
    .map((name) => `${name} is no part of the export`);
  for (const file of manifest.files) {
    const problem = await problemOf(join(folder, file.name), file, signal);
    if (problem !== undefined) problems.push(problem);
  }
  return verification(manifestPath, manifest, problems);
}

async function verifyArchive(path: string, signal: AbortSignal): Promise<ExportVerification> {
  const { manifest, files, damage } = await readExportArchive(path, signal);
  const problems = damage === undefined ? [] : [`the archive is damaged: ${damage}`];
  for (const said of manifest.files) {
    const found = files.find(({ name }) => name === said.name);
    const problem = found === undefined ? `${said.name} is missing` : difference(found, said);
    if (problem !== undefined) problems.push(problem);
  }
  const named = manifest.files.map(({ name }) => name);
  const foreign = files.filter(({ name }) => !named.includes(name));
  problems.push(...foreign.map(({ name }) => `${name} is no part of the export`));
  return verification(path, manifest, problems);
}

function verification(path: string, manifest: ExportManifest, problems: string[]): ExportVerification {
  return {
    status: problems.length === 0 ? 'OK' : 'CRITICAL',
    manifest: path,
    generated_at: manifest.generated_at,
    audit: manifest.audit,
    files: manifest.files.length,
    rows: manifest.files.reduce((total, file) => total + file.rows, 0),
    problems,
  };
}

async function problemOf(path: string, said: ExportManifest['files'][number], signal: AbortSignal) {
  if (!existsSync(path)) return `${said.name} is missing`;
  return difference(await hashFile(path, signal), said);
}

function difference(found: FileDigest, said: ExportManifest['files'][number]): string | undefined {
  if (found.bytes !== said.bytes)
    return `${said.name} was altered: it has ${found.bytes} bytes, the manifest says ${said.bytes}`;
  if (found.sha256 === said.sha256) return undefined;
  return `${said.name} was altered: its sha256 is ${found.sha256}, the manifest says ${said.sha256}`;
}
