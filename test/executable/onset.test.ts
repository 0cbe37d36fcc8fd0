import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { gmscPresent, gmscTitle } from '../drift/gmsc.ts';
import { copyOf, loopWorkspace, runAt, start } from './loop-workspace.ts';
import { runMlops } from './run-mlops.ts';

const gmsc = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'gmsc');
const dayMs = 86_400_000;

interface Feature {
  readonly name: string;
  readonly drifted: boolean;
  readonly onset?: { readonly from: string; readonly until: string; readonly sentence: string };
}

function weekly(workspace: string): string {
  const file = join(workspace, 'mlops.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('lookback: 24h', 'lookback: 7d'));
  return workspace;
}

/** The end of a week of the stream, from 1. */
const endOf = (week: number) => new Date(Date.parse(start) + week * 7 * dayMs).toISOString();

const driftedIn = (features: readonly Feature[]) => features.filter(({ drifted }) => drifted);

function expectOnset(feature: Feature | undefined, at: string): void {
  const { from = '', until = '' } = feature?.onset ?? {};
  expect([feature?.name, from <= at, at <= until, feature?.onset]).toEqual([
    feature?.name,
    true,
    true,
    expect.anything(),
  ]);
}

describe('the built-in stream, whose population moves with its sixth week', () => {
  const moved = '2026-09-07T00:00:00.000Z';
  let workspace = '';
  beforeAll(async () => {
    workspace = weekly(await loopWorkspace());
  });

  test.each([6, 8])(
    'after week %i monitor tells of every drifted feature that it began with it',
    async (week) => {
      const copy = copyOf(workspace);
      const { json, stdout } = await runAt(copy, endOf(week), 'monitor');
      const drifted: readonly Feature[] = driftedIn(json.drift.features);
      expect(drifted.length).toBeGreaterThan(0);
      for (const feature of drifted) expectOnset(feature, moved);
      expect(json.checks[0].summary).toMatch(/\(since (Sun|Mon|Tue) \d+ (Aug|Sep), ± \d+ days?\)/);
      expect(stdout).toContain('"shape": "sudden"');
    },
  );

  test('drift of the store shows it after the table', async () => {
    const { stdout } = await runMlops(['-C', workspace, '--as-of', endOf(6), 'drift', '--last', '7d']);
    expect(stdout).toMatch(/\nage: median .*; since \w+ \d+ \w+, ± \d+ days?, sudden\n/);
  });
});

describe('two files, of which the current one has times', () => {
  const fixtures = join(import.meta.dirname, '..', '..', 'fixtures');
  const stream = join(fixtures, 'stream.csv');
  const files = (current = stream) => [
    'drift',
    ...['--reference', join(fixtures, 'reference.csv'), '--current', current, '--json'],
  ];

  test('every drifted feature began with the sixth week, whatever the order of the rows', async () => {
    const [header = '', ...rows] = readFileSync(stream, 'utf8').trim().split('\n');
    const shuffled = join(mkdtempSync(join(tmpdir(), 'mlops-test-')), 'shuffled.csv');
    const order = rows.map((_, row) => (row * 4_999) % rows.length);
    writeFileSync(shuffled, [header, ...order.map((row) => rows[row])].join('\n'));
    const inOrder = JSON.parse((await runMlops([...files(), '--time', 'timestamp'])).stdout);
    const drifted: readonly Feature[] = driftedIn(inOrder.features);
    expect(drifted.length).toBeGreaterThan(3);
    for (const feature of drifted) expectOnset(feature, '2026-09-07T00:00:00.000Z');
    const { stdout } = await runMlops([...files(shuffled), '--time', 'timestamp']);
    const onsets = (features: readonly Feature[]) => features.map(({ onset }) => onset);
    expect(onsets(JSON.parse(stdout).features)).toEqual(onsets(inOrder.features));
  });

  test('without --time nothing says since when', async () => {
    const { stdout } = await runMlops(files());
    expect(JSON.parse(stdout).features.every(({ onset }: Feature) => onset === undefined)).toBe(true);
  });

  test('a column of times that is missing is refused, though nothing may have drifted', async () => {
    const { code, stdout } = await runMlops([...files(), '--time', 'at']);
    expect([code, stdout]).toEqual([65, expect.stringContaining("column 'at' is missing")]);
  });

  test('times are no feature, and rows without one say nothing of the beginning', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mlops-test-'));
    const day = (row: number) => new Date(Date.parse(start) + row * 3_600_000).toISOString();
    const lines = (value: (row: number) => number, at: (row: number) => string) =>
      ['at,x', ...Array.from({ length: 600 }, (_, row) => `${at(row)},${value(row)}`)].join('\n');
    const calm = (row: number) => (row * 37) % 101;
    writeFileSync(join(folder, 'a.csv'), lines(calm, day));
    const moved = (row: number) => calm(row) + (row < 400 ? 0 : 80);
    writeFileSync(
      join(folder, 'b.csv'),
      lines(moved, (row) => (row === 0 ? '' : day(row))),
    );
    const sides = ['--reference', join(folder, 'a.csv'), '--current', join(folder, 'b.csv')];
    const { stdout } = await runMlops(['drift', ...sides, '--time', 'at', '--json']);
    const { features, notes } = JSON.parse(stdout);
    expect(features.map(({ name }: Feature) => name)).toEqual(['x']);
    expectOnset(features[0], new Date(Date.parse(day(400))).toISOString());
    expect(notes).toContain('since when: left out, without a time in at: 1 of 600 rows');
  });
});

describe('the real stream, whose population moves with its fifth week', () => {
  const features = ['age', 'RevolvingUtilizationOfUnsecuredLines'];
  test.skipIf(!gmscPresent)(
    gmscTitle(
      'monitor names nothing in weeks 1 to 4, and age and the utilization from week 5 on, since then',
    ),
    async () => {
      const workspace = mkdtempSync(join(tmpdir(), 'mlops-test-'));
      const must = async (asOf: string, ...commandLine: readonly string[]) => {
        const { code, stderr } = await runMlops(['-C', workspace, '--as-of', asOf, ...commandLine]);
        expect([commandLine, code, stderr]).toEqual([commandLine, 0, stderr]);
      };
      const target = ['--target', 'SeriousDlqin2yrs'];
      const schema = join(workspace, 'schema.json');
      const reference = join(gmsc, 'reference.csv');
      await must(start, 'schema', 'infer', reference, ...target, '--output', schema);
      await must(start, 'init', '--model', 'gmsc', '--schema', 'schema.json', ...target, '--yes');
      await must(start, 'train', '--data', reference);
      await must(start, 'promote', '1');
      await must(endOf(9), 'predictions', 'import', join(gmsc, 'stream.csv'));
      weekly(workspace);
      for (const week of [1, 2, 3, 4]) {
        const { code, json } = await runAt(workspace, endOf(week), 'monitor');
        expect([week, code, json.status, driftedIn(json.drift.features)]).toEqual([week, 0, 'OK', []]);
      }
      for (const week of [5, 6, 7, 8]) {
        const { json } = await runAt(workspace, endOf(week), 'monitor');
        const drifted: readonly Feature[] = driftedIn(json.drift.features);
        for (const name of features)
          expectOnset(
            drifted.find((feature) => feature.name === name),
            '2026-08-31T00:00:00.000Z',
          );
      }
    },
  );
});
