import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, test } from 'vitest';
import { runDefinition, runsDefinition } from '../../src/data/results/runs.ts';
import { copyOf, loopWorkspace, runAt, shifted } from './loop-workspace.ts';
import { executable, runMlops } from './run-mlops.ts';

const reference = join(executable, '..', '..', 'fixtures', 'reference.csv');

let shared = '';
beforeAll(async () => {
  shared = await loopWorkspace();
  configure(shared, /lookback: 24h/, 'lookback: 7d');
});

async function lastRun(workspace: string, asOf: string) {
  const { runs } = runsDefinition.parse((await runAt(workspace, asOf, 'runs')).json);
  return runDefinition.parse((await runAt(workspace, asOf, 'runs', 'show', String(runs[0]?.run))).json);
}

function configure(workspace: string, from: RegExp, to: string): void {
  const path = join(workspace, 'mlops.yaml');
  writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
}

test('lists what was trained, with the version that came of it', async () => {
  const { runs } = runsDefinition.parse((await runAt(shared, shifted, 'runs')).json);
  expect(runs).toMatchObject([
    { run: 1, kind: 'training', status: 'done', what: expect.stringMatching(/reference\.csv.*: version 1$/) },
  ]);
  expect((await lastRun(shared, shifted)).problem).toBeNull();
});

describe('a training that failed', () => {
  test('for too few labels says how many more, and by when at last week’s rate', async () => {
    const workspace = copyOf(shared);
    // By this time 36 labels are known of the sample stream's first days.
    const early = '2026-08-05T00:00:00Z';
    const failed = await runAt(workspace, early, 'train', '--from-store');
    expect(failed.code).toBe(65);
    const store = new Database(join(workspace, '.mlops', 'store.db'));
    const known = Number(
      store.prepare('SELECT count(*) FROM label WHERE label_timestamp <= ?').pluck().get(Date.parse(early)),
    );
    store.close();
    expect(known).toBeLessThan(50);
    const run = await lastRun(workspace, early);
    expect(run).toMatchObject({ kind: 'training', status: 'failed', problem: { cause: 'too_few_labels' } });
    expect(run.problem?.next.at(-1)).toBe('then: mlops train --from-store');
  });

  test('for its data names the rule and the rows', async () => {
    const workspace = copyOf(shared);
    const file = join(workspace, 'bad.csv');
    const lines = readFileSync(reference, 'utf8').split('\n');
    writeFileSync(
      file,
      [lines[0], ...lines.slice(1, 200), (lines[200] ?? '').replace(/^\d/, '7')].join('\n'),
    );
    expect((await runAt(workspace, shifted, 'train', '--data', file)).code).toBe(65);
    const run = await lastRun(workspace, shifted);
    expect(run.problem).toMatchObject({ cause: 'validation' });
    expect(`${run.problem?.message} ${run.problem?.why}`).toMatch(/defaulted|0 (and|or) 1|row/);
    expect(run.problem?.next[0]).toContain(`mlops validate ${file}`);
  });

  test('because it was killed says so, and what memory has to do with it', async () => {
    const workspace = copyOf(shared);
    configure(workspace, /trees: 400/, 'trees: 100000');
    configure(workspace, /early_stopping_rounds: 40/, 'early_stopping_rounds: 100000');
    const kill = new AbortController();
    const training = runMlops(['-C', workspace, 'train', '--data', reference], { kill: kill.signal });
    const store = new Database(join(workspace, '.mlops', 'store.db'));
    const begun = store.prepare('SELECT count(*) FROM training_attempt WHERE finished_at IS NULL').pluck();
    while (begun.get() === 0) await setImmediate();
    store.close();
    expect((await lastRun(workspace, shifted)).status).toBe('running');
    kill.abort();
    await training;
    expect(await lastRun(workspace, shifted)).toMatchObject({
      status: 'killed',
      version: null,
      problem: { cause: 'crashed', why: expect.stringContaining('memory') },
    });
  });

  test('stopped by Ctrl-C is no failure of the trainer', async () => {
    const workspace = copyOf(shared);
    const store = new Database(join(workspace, '.mlops', 'store.db'));
    store.exec(`INSERT INTO training_attempt (started_at, who, command, reason, data, pid, host, finished_at, cause, message)
      VALUES (0, 'ada', 'train', '', 'store', 1, 'here', 1, 'interrupted', 'interrupted')`);
    store.close();
    expect(await lastRun(workspace, shifted)).toMatchObject({
      status: 'stopped',
      problem: { cause: 'interrupted' },
    });
  });
});

describe('a heal run', () => {
  test('without labels enough says when there will be', async () => {
    const workspace = copyOf(shared);
    configure(workspace, /minimum_labelled_rows: 200/, 'minimum_labelled_rows: 100000');
    await runAt(workspace, shifted, 'heal', '--mode', 'act');
    const run = await lastRun(workspace, shifted);
    expect(run).toMatchObject({ kind: 'heal', status: 'inconclusive', problem: { cause: 'too_few_labels' } });
    expect(run.problem?.enough[0]).toMatch(
      /^needs \d+ more labels \(\d+ of 100000\); at last week's rate \(\d+(\.\d)? a day\) \w+day \d+ \w+$/,
    );
  });

  test('whose challenger the gate rejected gives its sentences and what each asked for', async () => {
    const workspace = copyOf(shared);
    configure(workspace, /overrides: \{\}/, 'overrides: { minimum_f1_improvement: 5 }');
    await runAt(workspace, shifted, 'heal', '--mode', 'act');
    const { json } = await runAt(workspace, shifted, 'runs');
    const healed = runsDefinition.parse(json).runs.find(({ kind }) => kind === 'heal');
    const run = runDefinition.parse(
      (await runAt(workspace, shifted, 'runs', 'show', String(healed?.run))).json,
    );
    expect(run.status).toBe('rejected');
    expect(run.problem).toMatchObject({ cause: 'gate_rejected', why: expect.stringContaining('F1') });
    expect(run.problem?.enough.join(' ')).toContain('f1 improvement of 5');
    expect(run.steps.map(({ state }) => state)).toEqual(['monitor', 'triage', 'train', 'gate']);
  });
});

test('an unknown run is named with those there are', async () => {
  const outcome = await runAt(shared, shifted, 'runs', 'show', '9');
  expect([outcome.code, outcome.json.cause]).toEqual([66, 'the runs are 1 to 1']);
  expect((await runAt(shared, shifted, 'runs', 'show', 'x')).code).toBe(64);
});

test('loads neither DuckDB nor ONNX Runtime', async () => {
  const cache = mkdtempSync(join(tmpdir(), 'mlops-test-'));
  await runMlops(['-C', shared, 'runs'], { env: { MLOPS_CACHE: cache } });
  await runMlops(['-C', shared, 'runs', 'show', '1'], { env: { MLOPS_CACHE: cache } });
  expect(readdirSync(cache).map((name) => name.split('-')[0])).toEqual(['sqlite']);
});
