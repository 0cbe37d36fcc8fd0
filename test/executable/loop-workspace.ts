import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runMlops } from './run-mlops.ts';

const fixtures = join(import.meta.dirname, '..', '..', 'fixtures');

/** The Monday before the sample stream begins; its population moves in the sixth week. */
export const start = '2026-08-03T00:00:00Z';
export const calm = '2026-08-31T00:00:00Z';
export const shifted = '2026-09-28T00:00:00Z';
export const allLabelled = '2026-11-15T00:00:00Z';

/** Runs a command on a workspace as of a time, and reads the JSON it prints. */
export async function runAt(workspace: string, asOf: string, ...commandLine: string[]) {
  const outcome = await runMlops(['-C', workspace, '--json', '--as-of', asOf, ...commandLine]);
  return { ...outcome, json: JSON.parse(outcome.stdout) };
}

/** A workspace with version 1 in Production, the whole sample stream recorded and all its labels known by December. */
export async function loopWorkspace(stream = join(fixtures, 'stream.csv')): Promise<string> {
  const workspace = mkdtempSync(join(tmpdir(), 'mlops-test-'));
  const must = async (asOf: string, ...commandLine: string[]) => {
    const outcome = await runMlops(['-C', workspace, '--as-of', asOf, ...commandLine]);
    if (outcome.code !== 0) throw new Error(`${commandLine.join(' ')}: ${outcome.stderr}`);
  };
  const file = (name: string) => join(fixtures, name);
  const schema = join(workspace, 'schema.json');
  await must(start, 'schema', 'infer', file('reference.csv'), '--target', 'defaulted', '--output', schema);
  await must(start, 'init', '--model', 'sample', '--schema', 'schema.json', '--target', 'defaulted', '--yes');
  await must(start, 'train', '--data', file('reference.csv'));
  await must(start, 'promote', '1');
  await must(allLabelled, 'predictions', 'import', stream);
  await must(allLabelled, 'labels', 'add', file('labels.csv'));
  return workspace;
}

/** From here on no share of drifted features is too large. */
export function allowDrift(workspace: string): void {
  const file = join(workspace, 'mlops.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll(/(warning|critical)_share: .*/g, '$1_share: 1'));
}

/** A copy to change, so that tests stay apart. */
export function copyOf(workspace: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'mlops-test-'));
  cpSync(workspace, copy, { recursive: true });
  return copy;
}
