import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { labelsPendingDefinition } from '../../src/data/results/labels-pending.ts';
import { retrainResultDefinition } from '../../src/data/results/retrain.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { acquireLease } from '../../src/workspace/index.ts';
import { allLabelled, copyOf, loopWorkspace, runAt } from './loop-workspace.ts';
import { executable, runMlops } from './run-mlops.ts';

const place = () => mkdtempSync(join(tmpdir(), 'mlops-test-'));
const now = '2026-10-01T00:00:00Z';
const predictions = `prediction_id,timestamp,probability,outcome,income
old,2026-01-01T00:00:00Z,0.1,0,1
"odd, ""id""",2026-09-15T00:00:00Z,0.9,1,2
week,2026-09-27T00:00:00Z,0.9,1,2
today,2026-09-30T12:00:00Z,0.9,1,3
labelled,2026-09-01T00:00:00Z,0.9,1,3
later,2026-10-02T00:00:00Z,0.9,1,4
`;

let small = '';
beforeAll(async () => {
  small = place();
  await runMlops(['-C', small, 'init', '--model', 'm', '--schema', 's.json', '--yes']);
  writeFileSync(join(small, 'p.csv'), predictions);
  await runAt(small, allLabelled, 'predictions', 'import', join(small, 'p.csv'));
  const label = 'prediction_id,true_label,label_timestamp,label_source\nlabelled,1,2026-09-20T00:00:00Z,x\n';
  writeFileSync(join(small, 'l.csv'), label);
  expect((await runAt(small, now, 'labels', 'add', join(small, 'l.csv'))).json.added).toBe(1);
});

describe('labels pending', () => {
  test('counts what waits by age and lists the oldest first; what lies ahead is not seen', async () => {
    const { code, json } = await runAt(small, now, 'labels', 'pending', '--oldest', '2');
    expect(code).toBe(0);
    expect(labelsPendingDefinition.parse(json)).toMatchObject({
      pending: 4,
      by_age: [{ pending: 1 }, { pending: 1 }, { pending: 1 }, { pending: 0 }, { pending: 1 }],
      oldest: [
        { prediction_id: 'old', age_days: 273 },
        { prediction_id: 'odd, "id"', age_days: 16, outcome: 1 },
      ],
    });
  });

  test('goes by the labels known then', async () => {
    expect((await runAt(small, '2026-09-10T00:00:00Z', 'labels', 'pending')).json.pending).toBe(2);
  });

  test('says so when nothing waits', async () => {
    const { stdout } = await runMlops(['-C', small, '--as-of', '2025-01-01T00:00:00Z', 'labels', 'pending']);
    expect(stdout).toBe('no prediction up to 2025-01-01T00:00:00.000Z waits for its label\n');
  });

  test.each(['0', '-1', 'many'])('--oldest %s is a usage error', async (oldest) => {
    expect((await runAt(small, now, 'labels', 'pending', '--oldest', oldest)).code).toBe(64);
  });
});

describe('labels template', () => {
  test('is filled in and added, odd ids too; its example is one row of it', async () => {
    const workspace = copyOf(small);
    const to = join(workspace, 'labels.csv');
    const { json } = await runAt(workspace, now, 'labels', 'template', '--to', to);
    expect(json).toMatchObject({ rows: 4, example: 'old,1,2026-10-01T00:00:00.000Z,collections' });
    const text = readFileSync(to, 'utf8');
    expect(text.split('\n')[0]).toBe('prediction_id,true_label,label_timestamp,label_source');
    writeFileSync(to, text.replaceAll(',,,', ',1,2026-09-30T23:00:00Z,us'));
    expect((await runAt(workspace, now, 'labels', 'add', to)).json).toMatchObject({ added: 4, rejected: 0 });
    expect((await runAt(workspace, now, 'labels', 'pending')).json.pending).toBe(0);
  });

  test('goes to standard output, the example beside it', async () => {
    const { stdout, stderr } = await runMlops([
      '-C',
      small,
      '--as-of',
      now,
      'labels',
      'template',
      '--oldest',
      '1',
    ]);
    expect([stdout, stderr]).toEqual([
      'prediction_id,true_label,label_timestamp,label_source\nold,,,\n',
      'fill it in like: old,1,2026-10-01T00:00:00.000Z,collections\n',
    ]);
  });
});

describe('retrain', () => {
  let loop = '';
  beforeAll(async () => {
    loop = await loopWorkspace();
  });

  test('trains on the store, asks the gate about that version, and promotes nothing', async () => {
    const workspace = copyOf(loop);
    const { code, json } = await runAt(workspace, allLabelled, 'retrain', '--reason', 'drift');
    const { train, gate } = retrainResultDefinition.parse(json);
    expect([train.version, gate.challenger]).toEqual(['2', '2']);
    expect(code).toBe(gate.decision === 'promote' ? 0 : 1);
    const { versions } = (await runAt(workspace, allLabelled, 'models')).json;
    expect(versions.map(({ stage }: { stage: string }) => stage)).toEqual(['Production', 'Staging']);
  });

  test('ends with 75 while a heal is at work, and with --wait goes on when it has ended', async () => {
    const workspace = copyOf(loop);
    const path = join(workspace, '.mlops', 'heal.lease');
    const lease = acquireLease(path, { clock: systemClock, who: 'ada, heal' });
    const refused = await runAt(workspace, allLabelled, 'retrain');
    expect([refused.code, refused.json.error]).toEqual([75, expect.stringContaining('ada, heal')]);
    const child = spawn(executable, ['-C', workspace, '--as-of', allLabelled, 'retrain', '--wait']);
    const ended = new Promise((resolve) => child.on('close', resolve));
    await new Promise((resolve) => child.stderr.once('data', resolve));
    lease.release();
    expect([0, 1]).toContain(await ended);
    expect(existsSync(path)).toBe(false);
  });
});
