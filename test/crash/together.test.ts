import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { exitCodes } from '../../src/platform/exit-codes.ts';
import { type RunOutcome, runMlops } from '../executable/run-mlops.ts';
import { allLabelled, copyOf, newFolder, type SmallWorkspaces, smallWorkspaces } from './small-workspace.ts';
import { countOf, expectVerified, filesIn, rowsOf } from './store-state.ts';

let small: SmallWorkspaces;
beforeAll(async () => {
  small = await smallWorkspaces();
});

const ten = Array.from({ length: 10 }, (_, index) => index);

/** The file's rows dealt out to ten files, all of them under its header. */
function dealt(path: string): readonly string[] {
  const [header = '', ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n');
  const folder = newFolder();
  return ten.map((part) => {
    const file = join(folder, `part-${part}.csv`);
    writeFileSync(file, `${[header, ...lines.filter((_, row) => row % 10 === part)].join('\n')}\n`);
    return file;
  });
}

const at = (workspace: string, ...commandLine: string[]) =>
  runMlops(['-C', workspace, '--as-of', allLabelled, ...commandLine]);

/** Verdicts of monitor and health are no errors. */
function expectNoError(outcomes: readonly RunOutcome[], verdicts: readonly number[] = [0]): void {
  for (const { code, stderr } of outcomes) {
    expect(stderr).not.toMatch(/^error:/m);
    expect(verdicts).toContain(code);
  }
}

test('ten processes that add labels, monitor, read health, score and export at once lose no row; one monitor runs at a time', async () => {
  const workspace = copyOf(small.predicted);
  const labels = dealt(small.labels);
  const rows = dealt(small.stream);
  const renamed = rows.map((path, part) => {
    const file = `${path}.new.csv`;
    writeFileSync(file, readFileSync(path, 'utf8').replaceAll('pred_', `again${part}_`));
    return file;
  });
  const out = newFolder();
  const outcomes = await Promise.all(
    ten.map(async (each) => [
      await at(workspace, 'labels', 'add', labels[each] ?? ''),
      await (each % 2 === 0
        ? at(workspace, 'monitor')
        : at(workspace, 'export', 'all', '--to', join(out, `export-${each}`))),
      await at(workspace, 'health'),
      await at(
        workspace,
        ...['score', '--stage', 'production', '--log', '--input', renamed[each] ?? ''],
        ...['--output', join(out, `scores-${each}.csv`)],
      ),
    ]),
  );
  const locked = outcomes.filter(([, monitored]) => monitored?.code === exitCodes.tryAgain).length;
  expect(locked).toBeLessThan(5);
  expectNoError(
    outcomes.flat().filter(({ stderr }) => !/^error: .*, monitor .* is at work here$/m.test(stderr)),
    [0, 1, 2, 3],
  );
  expect(countOf(workspace, 'label')).toBe(small.labelRows);
  expect(countOf(workspace, 'prediction')).toBe(2 * small.rows);
  expect(countOf(workspace, 'monitoring_run')).toBe(5 - locked);
  expect(
    rowsOf(workspace, 'SELECT command, count(*) AS n FROM event GROUP BY command ORDER BY command'),
  ).toEqual([
    { command: 'export', n: 5 },
    { command: 'labels add', n: 10 },
    { command: 'monitor', n: 5 - locked },
    { command: 'predictions import', n: 1 },
    { command: 'promote', n: 1 },
    { command: 'score --log', n: 10 },
    { command: 'train', n: 1 },
  ]);
  await expectVerified(workspace);
});

test('ten first imports at once make one store with every row', async () => {
  const workspace = copyOf(small.fresh);
  const outcomes = await Promise.all(
    dealt(small.stream).map((path) => at(workspace, 'predictions', 'import', path)),
  );
  expectNoError(outcomes);
  expect(countOf(workspace, 'prediction')).toBe(small.rows);
  expect(countOf(workspace, 'event')).toBe(10);
  expect(filesIn(workspace).filter((path) => path.endsWith('.tmp'))).toEqual([]);
  await expectVerified(workspace);
});

test('the same file imported by ten at once is recorded once', async () => {
  const workspace = copyOf(small.fresh);
  const outcomes = await Promise.all(
    ten.map(() => at(workspace, '--json', 'predictions', 'import', small.stream)),
  );
  expectNoError(outcomes);
  const added = outcomes.map(({ stdout }) => Number(JSON.parse(stdout).added));
  expect(added.toSorted((one, other) => other - one)).toEqual([small.rows, ...Array(9).fill(0)]);
  expect(countOf(workspace, 'prediction')).toBe(small.rows);
  await expectVerified(workspace);
});

test('ten that train and register at once get ten versions', async () => {
  const workspace = copyOf(small.labelled);
  const outcomes = await Promise.all(
    ten.map((seed) => at(workspace, '--json', 'train', '--from-store', '--seed', `${seed}`)),
  );
  expectNoError(outcomes);
  const versions = outcomes.map(({ stdout }) => Number(JSON.parse(stdout).version));
  expect(versions.toSorted((one, other) => one - other)).toEqual(ten.map((each) => each + 2));
  expect(filesIn(workspace).filter((path) => /tmp$|reference-\d+/.test(path))).toEqual([]);
  await expectVerified(workspace);
});

test('of ten promotions of different versions at once one stands at the end, and history tells them all', async () => {
  const workspace = copyOf(small.labelled);
  for (const seed of ['1', '2', '3']) await at(workspace, 'train', '--from-store', '--seed', seed);
  const outcomes = await Promise.all(ten.map((each) => at(workspace, 'promote', `${(each % 3) + 2}`)));
  const done = outcomes.filter(({ code }) => code === 0).length;
  for (const { code, stderr } of outcomes)
    if (code !== 0)
      expect({ code, stderr }).toMatchObject({ code: 69, stderr: expect.stringContaining('already') });
  expect(done).toBeGreaterThanOrEqual(3);
  expect(countOf(workspace, 'model_version', "stage = 'Production'")).toBe(1);
  expect(countOf(workspace, 'stage_change', "to_stage = 'Production'")).toBe(1 + done);
  expect(countOf(workspace, 'event', "command = 'promote'")).toBe(1 + done);
  await expectVerified(workspace);
});

test('ten inits at once make one workspace; nine say that it is there', async () => {
  const workspace = newFolder();
  const outcomes = await Promise.all(
    ten.map((each) =>
      runMlops([
        '-C',
        workspace,
        '--json',
        'init',
        '--model',
        `model-${each}`,
        '--schema',
        'schema.json',
        '--yes',
      ]),
    ),
  );
  expectNoError(outcomes);
  const created = outcomes.map(({ stdout }) => JSON.parse(stdout).created === true);
  expect(created.filter((each) => each)).toHaveLength(1);
  const winner = created.indexOf(true);
  expect(readFileSync(join(workspace, 'mlops.yaml'), 'utf8')).toContain(`model-${winner}`);
  expect(filesIn(workspace).filter((path) => path.endsWith('.tmp'))).toEqual([]);
});
