import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scoreWithVersion } from '../../src/loop/scoring/score-version.ts';
import { trainWorkspace, type VersionRequest } from '../../src/loop/training/train-workspace.ts';
import { fixedClock } from '../../src/platform/clock.ts';
import { initWorkspace, openWorkspace, type Workspace } from '../../src/workspace/index.ts';

const fixtures = join(import.meta.dirname, '..', '..', 'fixtures');
export const { signal } = new AbortController();
export const trainedAt = Date.UTC(2026, 7, 3);
export const scoredAt = Date.UTC(2026, 7, 10);
export const who = 'tester';

/** An empty workspace of the sample data, in which forests have few trees. */
export function sampleWorkspace(): Workspace {
  const folder = mkdtempSync(join(tmpdir(), 'mlops-test-'));
  const { path } = initWorkspace({ folder, model: 'sample', schemaPath: 'schema.json', target: 'defaulted' });
  const text = readFileSync(path, 'utf8').replace(/^trainer:$/m, 'trainer:\n  forest: { trees: 10 }');
  writeFileSync(path, text);
  return openWorkspace(folder);
}

/** Trains the next version on the sample's reference. */
export function trainSample(workspace: Workspace, wanted: Partial<VersionRequest> = {}) {
  const data = join(fixtures, 'reference.csv');
  const request = { data, who, reason: 'first model', ...wanted };
  return trainWorkspace(workspace, request, fixedClock(trainedAt), signal);
}

/** The first predictions of the sample's stream, made and recorded by that version. @returns the scores as CSV lines */
export async function recordSample(
  workspace: Workspace,
  version: string,
  rows: number,
): Promise<readonly string[]> {
  const lines = readFileSync(join(fixtures, 'stream.csv'), 'utf8')
    .split('\n')
    .slice(0, rows + 1);
  const input = join(workspace.root, 'week.csv');
  writeFileSync(input, `${lines.join('\n')}\n`);
  const output = join(workspace.root, 'scores.csv');
  const wanted = { version, input, output, log: true, who };
  await scoreWithVersion(workspace, wanted, fixedClock(scoredAt), { signal, progress: () => {} });
  return readFileSync(output, 'utf8').trim().split('\n').slice(1);
}
