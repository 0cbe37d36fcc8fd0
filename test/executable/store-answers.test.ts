import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runAt, start } from './loop-workspace.ts';
import { runMlops } from './run-mlops.ts';

const fixtures = join(import.meta.dirname, '..', '..', 'fixtures');
/** By then the labels of the calm weeks are known. */
const labelled = '2026-09-07T00:00:00Z';

/** A workspace whose predictions Production made, with labels as the sample has them or as `change` makes them. */
async function answeredWorkspace(change: (label: string, row: number) => string = (label) => label) {
  const workspace = mkdtempSync(join(tmpdir(), 'mlops-test-'));
  const must = async (asOf: string, ...commandLine: string[]) => {
    const outcome = await runMlops(['-C', workspace, '--as-of', asOf, ...commandLine]);
    if (outcome.code !== 0) throw new Error(`${commandLine.join(' ')}: ${outcome.stderr}`);
  };
  const file = (name: string) => join(fixtures, name);
  await must(
    start,
    'schema',
    'infer',
    file('reference.csv'),
    '--target',
    'defaulted',
    '--output',
    join(workspace, 'schema.json'),
  );
  await must(start, 'init', '--model', 'sample', '--schema', 'schema.json', '--target', 'defaulted', '--yes');
  await must(start, 'train', '--data', file('reference.csv'));
  await must(start, 'promote', '1');
  const later = '2026-11-15T00:00:00Z';
  const scores = join(workspace, 'scores.csv');
  await must(
    later,
    'score',
    '--stage',
    'production',
    '--input',
    file('stream.csv'),
    '--output',
    scores,
    '--log',
  );
  const [header = '', ...rows] = readFileSync(file('labels.csv'), 'utf8').trim().split('\n');
  const changed = rows.map((line, row) => {
    const [id = '', label = '', ...rest] = line.split(',');
    return [id, change(label, row), ...rest].join(',');
  });
  writeFileSync(join(workspace, 'labels.csv'), [header, ...changed].join('\n'));
  await must(later, 'labels', 'add', join(workspace, 'labels.csv'));
  const configuration = join(workspace, 'mlops.yaml');
  writeFileSync(configuration, readFileSync(configuration, 'utf8').replace('lookback: 24h', 'lookback: 7d'));
  return workspace;
}

describe('a workspace compares what Production answers', () => {
  test('with its answers on the rows that validated it, and its errors with those, once labels are known', async () => {
    const { code, json } = await runAt(await answeredWorkspace(), labelled, 'drift');
    expect(code).toBe(0);
    expect(json.prediction).toMatchObject({ name: 'probability', type: 'numerical', drifted: false });
    expect(json.label).toMatchObject({ drifted: false });
    expect(json.concept).toMatchObject({ drifted: false });
    expect(json.concept.labelled).toBeGreaterThan(500);
    expect(json.features.map(({ name }: { name: string }) => name)).not.toContain('probability');
  });

  test('or with those of the window before, and its errors with the validation rows still', async () => {
    const workspace = await answeredWorkspace();
    const before = await runAt(workspace, labelled, 'drift', '--against', 'previous');
    expect(before.json.prediction).toMatchObject({ name: 'probability', drifted: false });
    expect(before.json.label).toMatchObject({ drifted: false });
    expect(before.json.concept.labelled).toBeGreaterThan(500);
    expect(before.json.notes).toContain('labels and errors are compared with training data of version 1');
    const moved = await runAt(workspace, '2026-09-14T00:00:00Z', 'drift', '--against', 'previous');
    expect(moved.json.prediction).toMatchObject({ drifted: true });
    const since = await runAt(workspace, '2026-09-21T00:00:00Z', 'drift', '--against', 'previous');
    expect(since.json.prediction).toMatchObject({ drifted: false });
    const first = await runAt(workspace, '2026-08-10T00:00:00Z', 'drift', '--against', 'previous');
    expect(first.json.prediction).toBeUndefined();
  });

  test('and monitor says that the errors rose, and where, when labels come out otherwise than it says', async () => {
    const everySecond = (label: string, row: number) => (row % 2 === 0 ? '1' : label);
    const { json } = await runAt(await answeredWorkspace(everySecond), labelled, 'monitor');
    const concept = json.checks.find(({ name }: { name: string }) => name === 'concept');
    expect(concept).toMatchObject({ status: 'WARNING' });
    expect(concept.summary).toMatch(/^errors rose in .+: residual .+ over \d+ labelled rows$/);
    expect(json.drift).toMatchObject({ features_drifted: 0, status: 'WARNING', concept: { drifted: true } });
  });
});
