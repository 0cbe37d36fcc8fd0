import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { loopWorkspace, runAt, shifted } from './loop-workspace.ts';
import { runMlops } from './run-mlops.ts';

const fixtures = join(import.meta.dirname, '..', '..', 'fixtures');
const stream = join(fixtures, 'stream.csv');
const files = ['drift', '--reference', join(fixtures, 'reference.csv'), '--current', stream];
const byTime = ['--time', 'timestamp'];

describe('drift of a file, window by window', () => {
  test('by week: calm until the sixth, since when is told, and the last one gives the exit code', async () => {
    const { code, stdout } = await runMlops([...files, ...byTime, '--every', '1w']);
    expect(code).toBe(2);
    expect(stdout).toMatch(
      /^CRITICAL - 3 of 8 windows have a drifted feature; each against the reference of 3,000 rows\n/,
    );
    expect(stdout).toMatch(/\n2026-08-31 {2}2026-09-07 +[\d,]+ +0 of \d+ +OK\n/);
    expect(stdout).toMatch(/\n2026-09-07 {2}2026-09-14 +[\d,]+ +\d of \d+ +CRITICAL\n/);
    expect(stdout).toMatch(/\nage +3 of 8 .*since (Sun|Mon) \d+ Sep, ± \d days?, sudden\n/);
  });

  test('any number of windows works, and more than rows are refused', async () => {
    for (const count of [8, 9, 10]) {
      const { stdout } = await runMlops([...files, '--chunks', String(count), '--json']);
      expect(JSON.parse(stdout).windows).toHaveLength(count);
    }
    const { code, stderr } = await runMlops([...files, '--chunks', '2000000']);
    expect([code, stderr]).toEqual([65, expect.stringContaining('at most 2000')]);
  });

  test('of so many rows: the last window has what is left, is marked, and too few rows are UNKNOWN', async () => {
    const { stdout } = await runMlops([...files, '--chunk-rows', '1950', '--json']);
    const { rows, windows } = JSON.parse(stdout);
    expect(windows.at(-1)).toMatchObject({ rows: rows % 1950, partial: true });
    const few = await runMlops([...files, '--chunk-rows', '150']);
    expect(few.code).toBe(3);
    expect(few.stdout).toContain('150 rows, fewer than the 200 that a verdict needs');
  });

  test('against each other no reference is needed', async () => {
    const alone = ['drift', '--current', stream, ...byTime];
    const before = await runMlops([...alone, '--every', '7d', '--against', 'previous', '--json']);
    const { windows } = JSON.parse(before.stdout);
    expect(windows.map(({ status }: { status: string }) => status === 'OK')).toEqual([
      false,
      ...Array(4).fill(true),
      false,
      true,
      true,
    ]);
    const week = await runMlops([...alone, '--every', '7d', '--against', 'week-before', '--json']);
    expect(JSON.parse(week.stdout).windows.slice(1)).toEqual(windows.slice(1));
  });

  test.each<readonly [string, readonly string[], number, string]>([
    ['two ways', [...files, '--every', '1d', '--chunks', '3'], 64, 'in two ways'],
    ['a period that is none', [...files, ...byTime, '--every', 'often'], 64, 'is no period'],
    ['no column of times', [...files, '--every', '1d'], 65, 'name the column of times with --time'],
    ['a column of numbers', [...files, '--time', 'age', '--every', '1d'], 65, 'holds numbers, not times'],
    [
      'a report',
      [...files, '--chunks', '3', '--html', '/dev/null'],
      64,
      '--html says nothing to windows of a file',
    ],
    [
      'importance',
      [...files, '--chunks', '3', '--weights', 'age=1'],
      64,
      '--weights says nothing to windows of a file',
    ],
    [
      'a reference for nothing',
      [...files, '--chunks', '3', '--against', 'previous'],
      64,
      '--reference says nothing to windows that are compared with each other',
    ],
    [
      'a window before no window',
      [...files, '--against', 'previous'],
      64,
      '--against says nothing to two files',
    ],
    ['no reference', ['drift', '--current', stream, '--chunks', '3'], 64, '--against previous'],
    [
      'weeks that do not fit',
      ['drift', '--current', stream, ...byTime, '--every', '5d', '--against', 'week-before'],
      64,
      'a week',
    ],
  ])('%s: refused with what to do', async (_, commandLine, expected, words) => {
    const { code, stderr } = await runMlops(commandLine);
    expect([code, stderr]).toEqual([expected, expect.stringContaining(words)]);
  });
});

describe('drift of the store, window by window', () => {
  let workspace = '';
  beforeAll(async () => {
    workspace = await loopWorkspace();
  });

  test('ends with the present, against the training data', async () => {
    const { code, json } = await runAt(workspace, shifted, 'drift', '--last', '56d', '--every', '7d');
    expect(code).toBe(2);
    expect(json.windows).toHaveLength(8);
    expect(json.windows.at(-1).until).toBe(shifted.replace('Z', '.000Z'));
    expect(json.windows.map((window: { features_drifted: number }) => window.features_drifted > 0)).toEqual([
      ...Array(5).fill(false),
      ...Array(3).fill(true),
    ]);
  });

  test('without a prediction in the time there is nothing to cut', async () => {
    const asOf = ['-C', workspace, '--as-of', '2026-11-20T00:00:00Z'];
    const { code, stderr } = await runMlops([...asOf, 'drift', '--last', '7d', '--every', '1d']);
    expect([code, stderr]).toEqual([65, expect.stringContaining('no prediction in the window')]);
  });
});
