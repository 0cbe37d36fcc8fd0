import { basename, resolve } from 'node:path';
import { hashFile } from '../../../data/hash-file.ts';
import type { BundleResult } from '../../../data/results/bundle.ts';
import { archiveCompression, writeArchive } from '../../../data/write-archive.ts';
import { type Clock, fileStamp } from '../../../platform/clock.ts';
import { MlopsError, messageWithCause } from '../../../platform/errors.ts';
import type { Workspace } from '../../../workspace/index.ts';
import { bundleParts } from './parts.ts';

/**
 * Writes one archive with what a team needs to see what is wrong: logs, configuration without secrets, versions, health, diagnoses,
 * monitoring runs. Nothing that cannot be read stops it: that is named in the bundle.
 * @param path undefined for mlops-bundle-MODEL-TIME.tar.gz in the current folder
 */
export async function writeBundle(
  workspace: Workspace,
  path: string | undefined,
  clock: Clock,
  signal: AbortSignal,
): Promise<BundleResult> {
  const at = clock.now();
  const target = resolve(path ?? defaultName(workspace, at));
  const compression = archiveCompression(target);
  const folder = basename(target).replace(/\.(?:tar\.\w+|t\w+)$/, '');
  const parts: { readonly name: string; readonly content: Buffer }[] = [];
  const omitted: BundleResult['omitted'] = [];
  for (const { name, make } of bundleParts(workspace)) {
    signal.throwIfAborted();
    try {
      parts.push({ name, content: Buffer.from(await make({ workspace, clock, signal })) });
    } catch (error) {
      signal.throwIfAborted();
      omitted.push({ name, why: error instanceof MlopsError ? messageWithCause(error) : String(error) });
    }
  }
  const files = parts.map(({ name, content }) => ({ name, bytes: content.length }));
  const contents = {
    name: 'contents.json',
    content: Buffer.from(JSON.stringify({ files, omitted }, null, 2)),
  };
  const entries = [contents, ...parts].map(({ name, content }) => ({
    name: `${folder}/${name}`,
    content,
    modifiedAt: at,
  }));
  await writeArchive(target, entries, { compression, mode: 0o600 }, signal);
  return { path: target, ...(await hashFile(target, signal)), files, omitted };
}

function defaultName({ config }: Workspace, at: number): string {
  const time = fileStamp(at);
  return `mlops-bundle-${config.model.name.replace(/[^\w.-]+/g, '-')}-${time}.tar.gz`;
}
