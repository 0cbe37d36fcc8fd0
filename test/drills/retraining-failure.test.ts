import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { execa } from 'execa';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { copyOf, loopWorkspace, runAt, shifted } from '../executable/loop-workspace.ts';
import { executable, runMlops } from '../executable/run-mlops.ts';
import { configure, operatorOf } from './operator.ts';

const fixtures = join(executable, '..', '..', 'fixtures');
const reference = join(fixtures, 'reference.csv');

let shared: string;
beforeAll(async () => {
  shared = await loopWorkspace();
  configure(shared, 'lookback: 24h', 'lookback: 7d');
});

/** What a person reads of the newest run, and its number. */
async function newestRun(workspace: string, at: string) {
  const [newest] = (await runAt(workspace, at, 'runs')).json.runs;
  const number = String(newest.run);
  const shown = await runMlops(['-C', workspace, '--as-of', at, 'runs', 'show', number]);
  expect(shown.code).toBe(0);
  return { number, text: shown.stdout };
}

async function stages(workspace: string): Promise<readonly string[]> {
  const { versions } = (await runAt(workspace, shifted, 'models')).json;
  return versions.map((each: { stage: string }) => each.stage);
}

describe('too few labels', () => {
  // 33 labels of the sample stream are known by then, 50 are needed.
  const early = '2026-08-07T00:00:00Z';
  const named = '2026-08-11T00:00:00Z';

  test('says how many more and by which day, the page leads to adding them, and that day it trains', async () => {
    const workspace = copyOf(shared);
    const { run, walk, openIncidents } = operatorOf(workspace, early);
    expect((await run('retrain', '--wait')).code).toBe(65);
    const { number, text } = await newestRun(workspace, early);
    expect(text).toContain('cause: too_few_labels - 33 rows are too few to learn from');
    expect(text).toContain(
      "enough would be: needs 17 more labels (33 of 50); at last week's rate (4.7 a day) Tuesday 11 August",
    );
    expect(text).toContain('do: add the labels that are there: mlops labels add FILE');

    const walked = await walk('retraining-failure', '--set', `run=${number}`, '--answer', '1');
    expect(walked.code).toBe(1);
    expect(walked.json).toMatchObject({
      state: 'handed_over',
      next: `mlops -C ${workspace} --as-of ${early} runbook run add-labels --incident 1`,
    });
    expect(await openIncidents()).toEqual(['Retraining failed']);
    const later = operatorOf(workspace, named);
    const labels = join(workspace, 'labels.csv');
    copyFileSync(join(fixtures, 'labels.csv'), labels);
    const added = await later.walk('add-labels', '--incident', '1', '--set', `labels file=${labels}`);
    expect([added.code, added.json.state]).toEqual([0, 'done']);
    expect(await later.openIncidents()).toEqual([]);
    expect((await later.run('train', '--from-store')).code).toBe(0);
  });
});

describe('validation failed', () => {
  const withFault = (workspace: string) => {
    const rows = readFileSync(reference, 'utf8').split('\n');
    const place = (rows[0] ?? '').split(',').indexOf('defaulted');
    const spoil = (row: string) =>
      row
        .split(',')
        .map((cell, index) => (index === place ? '7' : cell))
        .join(',');
    const file = join(workspace, 'train.csv');
    writeFileSync(file, rows.map((row, line) => (line === 200 ? spoil(row) : row)).join('\n'));
    return file;
  };

  test('names the rule and the row; the page validates the file, and mended data train', async () => {
    const workspace = copyOf(shared);
    const file = withFault(workspace);
    const { run, walk, resume, openIncidents } = operatorOf(workspace, shifted);
    expect((await run('train', '--data', file)).code).toBe(65);
    const { number, text } = await newestRun(workspace, shifted);
    expect(text).toContain('cause: validation - the target is 7 in row 200');
    expect(text).toContain('why: a binary target is 0 or 1 in every row');
    expect(text).toContain(`do: see every row that breaks a rule: mlops validate ${file} --schema`);

    const stopped = await walk('retraining-failure', '--set', `run=${number}`, '--answer', '2');
    expect([stopped.code, stopped.json.summary]).toEqual([1, "'Check the schema' needs <data file>"]);
    const schema = join(workspace, 'schema.json');
    const validated = await runMlops(['-C', workspace, 'validate', file, '--schema', schema]);
    expect(validated.code).toBe(65);
    expect(validated.stdout).toContain('defaulted: expected one of 0, 1\n  1 row, on line 201');
    writeFileSync(file, readFileSync(reference));
    const sound = await resume('--set', `data file=${file}`, '--answer', 'mended by the export team');
    expect(sound.json.summary).toContain("a person has to decide 'Check the schema'");
    const retrained = await resume('--answer', 'the data are sound now');
    expect(retrained.json).toMatchObject({
      state: 'handed_over',
      next: expect.stringContaining('runbook run weekly-wednesday --incident 1'),
    });
    expect(await openIncidents()).toEqual(['Retraining failed']);
    expect(await stages(workspace)).toEqual(['Production', 'Staging']);
  });

  test('data that cannot be mended today close the incident, and the champion stays', async () => {
    const workspace = copyOf(shared);
    const file = withFault(workspace);
    const { run, walk, resume, openIncidents } = operatorOf(workspace, shifted);
    await run('train', '--data', file);
    const { number } = await newestRun(workspace, shifted);
    await walk(
      'retraining-failure',
      ...['--set', `run=${number}`, '--set', `data file=${file}`, '--answer', '2'],
    );
    const [path] = await openIncidents();
    expect(path).toBe('Retraining failed');
    await resume('--answer', 'no, the export team sleeps');
    expect((await resume('--answer', 'they cannot be mended today')).code).toBe(0);
    expect(await openIncidents()).toEqual([]);
    expect(await stages(workspace)).toEqual(['Production']);
  });
});

describe('the gate rejected', () => {
  test.each([
    ['a heal run', ['heal', '--mode', 'act'], 0],
    ['a retraining by hand', ['retrain', '--wait'], 1],
  ])(
    '%s: names the criterion, what it saw and what it asks; the champion stays',
    async (_who, command, code) => {
      const workspace = copyOf(shared);
      configure(workspace, 'overrides: {}', 'overrides: { minimum_f1_improvement: 5 }');
      const { run, walk, openIncidents, closedIncidents } = operatorOf(workspace, shifted);
      expect((await run(...command)).code).toBe(code);
      const { runs } = (await run('runs')).json;
      const { run: number } = runs.find(({ status }: { status: string }) => status === 'rejected');
      const { stdout: text } = await runMlops(['-C', workspace, 'runs', 'show', String(number)]);
      expect(text).toContain('cause: gate_rejected - the gate rejected version 2: 1 criterion failed');
      expect(text).toMatch(
        /why: F1 rose from 0\.\d+ to 0\.\d+ \(\+\d\.\d %\), at least \+500\.0 % is required/,
      );
      expect(text).toMatch(/enough would be: f1 improvement of 5; it was 0\.0\d+/);
      expect(text).toContain('do: see all of it: mlops models show 2');

      const walked = await walk(
        'retraining-failure',
        ...['--set', `run=${number}`, '--answer', 'the gate rejected the challenger'],
      );
      expect([walked.code, walked.json.summary]).toEqual([0, 'exit 1: done: the champion stays']);
      expect(await openIncidents()).toEqual([]);
      expect(await closedIncidents()).toEqual(['Retraining failed']);
      expect(await stages(workspace)).toEqual(['Production', 'Staging']);
    },
  );
});

describe('the trainer', () => {
  /** A training that would go on for long, once it has begun; ended when its test is. */
  async function longTraining(workspace: string) {
    configure(workspace, 'trees: 400', 'trees: 100000');
    configure(workspace, 'early_stopping_rounds: 40', 'early_stopping_rounds: 100000');
    const training = execa(executable, ['-C', workspace, '--as-of', shifted, 'train', '--from-store'], {
      reject: false,
      stdin: 'ignore',
    });
    onTestFinished(() => {
      training.kill('SIGKILL');
    });
    const store = new Database(join(workspace, '.mlops', 'store.db'), { readonly: true });
    const begun = store.prepare('SELECT count(*) FROM training_attempt WHERE finished_at IS NULL').pluck();
    while (begun.get() === 0 && training.exitCode === null) await setImmediate();
    store.close();
    return { training };
  }

  async function isNamedAndRetrained(workspace: string) {
    const { walk, resume, openIncidents } = operatorOf(workspace, shifted);
    const { number, text } = await newestRun(workspace, shifted);
    expect(text).toContain('training: killed');
    expect(text).toContain('cause: crashed - the program ended without a word while it trained');
    expect(text).toMatch(/why: it was killed, by a person, by the system when memory ran out/);
    expect(text).toContain('enough would be: more free memory, or fewer rows, trees or leaves');
    expect(text).toContain('do: then: mlops train --from-store');
    configure(workspace, 'trees: 100000', 'trees: 400');
    configure(workspace, 'early_stopping_rounds: 100000', 'early_stopping_rounds: 40');
    const stopped = await walk('retraining-failure', '--set', `run=${number}`);
    expect(stopped.json.summary).toContain('4 the trainer crashed or ran out of memory');
    expect(await stages(workspace)).toEqual(['Production']);
    const retrained = await resume('--answer', '4');
    expect(retrained.json).toMatchObject({
      state: 'handed_over',
      next: expect.stringContaining('runbook run weekly-wednesday --incident 1'),
    });
    expect(await stages(workspace)).toEqual(['Production', 'Staging']);
    expect(await openIncidents()).toEqual(['Retraining failed']);
  }

  test('killed with no word is named, leaves no half version, and the page retrains at once', async () => {
    const workspace = copyOf(shared);
    const { training } = await longTraining(workspace);
    expect((await newestRun(workspace, shifted)).text).toContain('training: running');
    training.kill('SIGKILL');
    expect((await training).signal).toBe('SIGKILL');
    await isNamedAndRetrained(workspace);
  });

  test('that gets no more memory ends, and is told as that too', async () => {
    const workspace = copyOf(shared);
    const { training } = await longTraining(workspace);
    await execa('prlimit', ['--pid', String(training.pid), '--data=1', '--core=0']);
    const { exitCode, signal, stderr } = await training;
    expect(exitCode).not.toBe(0);
    // Where the memory is refused, in V8 or below it, decides how the process dies.
    expect([exitCode, signal, stderr].join(' ')).toMatch(/memory|SIG(ABRT|TRAP|SEGV|ILL|BUS)/);
    await isNamedAndRetrained(workspace);
  });
});
