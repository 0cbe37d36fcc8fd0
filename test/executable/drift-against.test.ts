import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { copyOf, loopWorkspace, runAt, shifted, start } from './loop-workspace.ts';
import { runMlops } from './run-mlops.ts';

const fixtures = join(import.meta.dirname, '..', '..', 'fixtures');
const dayMs = 86_400_000;
/** The end of a day of the stream, from 1; its population moves after the 35th. */
const endOf = (day: number) => new Date(Date.parse(start) + day * dayMs).toISOString();

interface Outcome {
  readonly name: string;
  readonly drifted: boolean;
  readonly onset?: unknown;
}

const driftedIn = (features: readonly Outcome[]) => features.filter(({ drifted }) => drifted);

/** The workspace with other lines in mlops.yaml. */
function configured(workspace: string, lookback: string, against: string): string {
  const copy = copyOf(workspace);
  const file = join(copy, 'mlops.yaml');
  const changed = readFileSync(file, 'utf8')
    .replace('lookback: 24h', `lookback: ${lookback}`)
    .replace('# against: previous', `against: ${against}`);
  writeFileSync(file, changed);
  return copy;
}

let workspace = '';
beforeAll(async () => {
  workspace = await loopWorkspace();
});

describe('monitor against the window before', () => {
  let rolling = '';
  beforeAll(() => {
    rolling = configured(workspace, '7d', 'previous');
  });

  test('names a change once: the week after it is like the week before', async () => {
    const { code, json } = await runAt(rolling, endOf(42), 'monitor');
    expect([code, json.drift.reference]).toEqual([
      2,
      {
        rows: 1_000,
        name: 'the window before, 2026-08-31T00:00:00.000Z to 2026-09-07T00:00:00.000Z',
      },
    ]);
    expect(driftedIn(json.drift.features)).toHaveLength(6);
    expect(driftedIn(json.drift.features).every(({ onset }) => onset === undefined)).toBe(true);
    expect(readFileSync(json.report, 'utf8')).toContain('the window before, 2026-08-31');
    const after = await runAt(rolling, endOf(49), 'monitor');
    expect([after.code, after.json.drift.features_drifted]).toEqual([0, 0]);
    const { stdout } = await runMlops(['-C', rolling, '--as-of', endOf(42), 'monitor']);
    expect(stdout).toContain('\ncompared with: the window before, 2026-08-31');
  });

  test('finds faults of the data by the window before, too', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mlops-test-'));
    const [header = '', ...rows] = readFileSync(join(fixtures, 'stream.csv'), 'utf8').trim().split('\n');
    const place = header.split(',').indexOf('monthly_income');
    const inCents = rows.map((row) => {
      const cells = row.split(',');
      const income = cells[place] ?? '';
      return (cells[1] ?? '') < '2026-08-24' || income === ''
        ? row
        : cells.with(place, String(Number(income) * 100)).join(',');
    });
    const stream = join(folder, 'stream.csv');
    writeFileSync(stream, [header, ...inCents].join('\n'));
    const faulty = configured(await loopWorkspace(stream), '7d', 'previous');
    const { json } = await runAt(faulty, endOf(28), 'monitor');
    expect(json.issues).toEqual([
      expect.objectContaining({ feature: 'monthly_income', kind: 'unit_change' }),
    ]);
    const after = await runAt(faulty, endOf(35), 'monitor');
    expect(after.json.issues).toEqual([]);
  });

  test.each([
    ['no prediction', 7, 0],
    ['less than a verdict needs', 8, 143],
  ])('is UNKNOWN with the reason while there is %s before it', async (_, day, rows) => {
    const { code, json } = await runAt(rolling, endOf(day), 'monitor');
    const drift = json.checks.find(({ name }: { name: string }) => name === 'drift');
    expect([code, json.status, drift.status]).toEqual([3, 'UNKNOWN', 'UNKNOWN']);
    expect(drift.summary).toMatch(
      new RegExp(`^${rows} rows to compare with \\(the window before, .+\\), fewer than the 200`),
    );
  });

  test('stays so in what is told of the run afterwards', async () => {
    await runAt(rolling, endOf(42), 'monitor');
    const { json } = await runAt(rolling, endOf(42), 'drift', 'explain', 'age');
    expect(json.reference.name).toContain('the window before');
  });

  test('goes for windows of the store as well, where no other is asked for', async () => {
    const { json } = await runAt(rolling, shifted, 'drift', '--last', '56d', '--every', '7d');
    expect(json.against).toBe('previous');
    const asked = ['--against', 'reference'];
    const other = await runAt(rolling, shifted, 'drift', '--last', '56d', '--every', '7d', ...asked);
    expect(other.json.against).toBe('reference');
  });
});

describe('drift of the store', () => {
  test('against the same days of the week before', async () => {
    const asked = ['drift', '--last', '2d', '--against', 'week-before'];
    const moved = await runAt(workspace, endOf(37), ...asked);
    expect([moved.code, moved.json.reference.name]).toEqual([
      2,
      'the window a week before, 2026-08-31T00:00:00.000Z to 2026-09-02T00:00:00.000Z',
    ]);
    const since = await runAt(workspace, endOf(44), ...asked);
    expect([since.code, since.json.features_drifted]).toEqual([0, 0]);
  });

  test('by default against the training data, and says so', async () => {
    const { json } = await runAt(workspace, endOf(35), 'drift', '--last', '7d');
    expect(json.reference).toEqual({ rows: 3_000, name: 'training data of version 1' });
  });

  test('without anything before it: UNKNOWN, also of the features together', async () => {
    const asked = ['drift', '--last', '7d', '--against', 'previous', '--multivariate'];
    const { code, json } = await runAt(workspace, endOf(7), ...asked);
    expect([code, json.status, json.reference.rows, json.multivariate]).toEqual([3, 'UNKNOWN', 0, undefined]);
    expect(json.sentence).toBe('0 reference rows are too few to judge drift');
  });

  test('over more than a week there is no week before', async () => {
    const asked = ['drift', '--last', '8d', '--against', 'week-before'];
    const { code, stderr } = await runMlops(['-C', workspace, '--as-of', endOf(42), ...asked]);
    expect([code, stderr]).toEqual([64, expect.stringContaining('overlaps')]);
    const wrong = configured(workspace, '8d', 'week_before');
    const monitor = await runMlops(['-C', wrong, '--as-of', endOf(42), 'monitor']);
    expect([monitor.code, monitor.stderr]).toEqual([78, expect.stringContaining('monitoring.lookback')]);
  });

  test.each<readonly [string, readonly string[], string]>([
    ['a column of times', ['--last', '7d', '--time', 'at'], '--time says nothing'],
    ['a stored run', ['--run', '1', '--against', 'previous'], '--against says nothing'],
  ])('%s does not go with it', async (_, options, words) => {
    const { code, stderr } = await runMlops(['-C', workspace, 'drift', ...options]);
    expect([code, stderr]).toEqual([64, expect.stringContaining(words)]);
  });
});
