import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hashFile } from '../../data/hash-file.ts';
import type { ExportManifest, ExportVerification } from '../../data/results/export.ts';
import { NoInputError } from '../../platform/errors.ts';
import { manifestName, readManifest } from './manifest.ts';

/**
 * Compares an export's files with its manifest; needs no workspace.
 * @param path the folder, or its manifest.json
 * @throws NoInputError when there is no such export, DataError when its manifest is none
 */
export async function verifyExport(path: string, signal: AbortSignal): Promise<ExportVerification> {
  if (!existsSync(path)) throw new NoInputError(`${path}: no such export`, { remedy: 'check the path' });
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
  return {
    status: problems.length === 0 ? 'OK' : 'CRITICAL',
    manifest: manifestPath,
    generated_at: manifest.generated_at,
    audit: manifest.audit,
    files: manifest.files.length,
    rows: manifest.files.reduce((total, file) => total + file.rows, 0),
    problems,
  };
}

async function problemOf(path: string, said: ExportManifest['files'][number], signal: AbortSignal) {
  if (!existsSync(path)) return `${said.name} is missing`;
  const found = await hashFile(path, signal);
  if (found.bytes !== said.bytes)
    return `${said.name} was altered: it has ${found.bytes} bytes, the manifest says ${said.bytes}`;
  if (found.sha256 === said.sha256) return undefined;
  return `${said.name} was altered: its sha256 is ${found.sha256}, the manifest says ${said.sha256}`;
}
