import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { driftCalibrationDefinition } from '../../src/data/results/drift-calibration.ts';
import { calm, copyOf, loopWorkspace, runAt, shifted } from './loop-workspace.ts';
import { executable, runMlops } from './run-mlops.ts';

const fixtures = join(import.meta.dirname, '..', '..', 'fixtures');
const reference = join(fixtures, 'reference.csv');
const stream = join(fixtures, 'stream.csv');
const inFolder = (folder: string) => join(folder, 'schema.drift.json');
const readOf = (path: string) => driftCalibrationDefinition.parse(JSON.parse(readFileSync(path, 'utf8')));
let workspace = '';

beforeAll(async () => {
  workspace = copyOf(await loopWorkspace());
  const made = await runAt(workspace, calm, 'drift', 'calibrate', '--draws', '200');
  expect(made.code).toBe(0);
}, 60_000);

describe('drift calibrate in a workspace', () => {
  test('monitor uses the thresholds from then on and says how rarely it is wrong', async () => {
    const { json } = await runAt(workspace, calm, 'monitor');
    expect(json.drift.false_alarms).toEqual({
      expected: 0.05,
      basis: 'calibration',
      sentence: 'expected 1 false alarm in 20 reports',
    });
    const { features, sizes, reference: made } = readOf(inFolder(workspace));
    expect(sizes).toEqual([200, 500, 1000, 2000]);
    expect(made.rows).toBe(3000);
    expect(json.drift.features.map(({ name }: { name: string }) => name)).toEqual(
      features.map(({ name }) => name),
    );
    const later = await runAt(workspace, shifted, 'monitor');
    expect(later.json.drift.features_drifted).toBeGreaterThan(0);
    const { stdout } = await runMlops(['-C', workspace, '--as-of', shifted, 'drift', 'explain', 'age']);
    expect(stdout).toMatch(/by the\s+calibration|from the\s+calibration/);
  });

  test('the store’s drift uses them, a command line that asks for another chance does not, saying so', async () => {
    const { json } = await runAt(workspace, calm, 'drift', '--last', '7d');
    expect(json.false_alarms.basis).toBe('calibration');
    const other = await runAt(workspace, calm, 'drift', '--last', '7d', '--false-alarms', '0.01');
    expect(other.json.false_alarms.basis).toBe('noise_floor');
    expect(other.json.notes).toEqual([expect.stringMatching(/is not used: it is for a chance of 0\.05/)]);
    const peer = await runAt(workspace, calm, 'drift', '--last', '7d', '--convention', 'evidently');
    expect(peer.json.notes).toEqual([expect.stringMatching(/Evidently/)]);
    const rolling = await runAt(workspace, shifted, 'drift', '--last', '7d', '--against', 'previous');
    expect(rolling.json.notes).toContainEqual(expect.stringMatching(/is not used: .* earlier predictions/));
  });

  test('it is in the audit, with what was there before', async () => {
    const copy = copyOf(workspace);
    const again = await runAt(copy, calm, 'drift', 'calibrate', '--draws', '200', '--false-alarms', '0.1');
    expect(again.json).toMatchObject({ false_alarms: 0.1, file: inFolder(copy) });
    const folder = join(copy, 'audit');
    await runAt(copy, calm, 'export', 'audit', '--to', folder, '--format', 'jsonl');
    const audit = readdirSync(folder).find((name) => name.startsWith('audit'));
    const lines = readFileSync(join(folder, audit ?? ''), 'utf8')
      .trim()
      .split('\n');
    const events = lines
      .map((line) => JSON.parse(line))
      .filter(({ command }) => command === 'drift calibrate');
    const parsed = (value: unknown) => (typeof value === 'string' ? JSON.parse(value) : value);
    expect(parsed(events.at(-1)?.before)).toMatchObject({ false_alarms: 0.05 });
    expect(parsed(events.at(-1)?.after)).toMatchObject({ false_alarms: 0.1, draws: 200 });
  });

  test('of another reference it is passed over, with a note', async () => {
    const copy = copyOf(workspace);
    cpSync(stream, join(copy, 'other.csv'));
    const file = join(copy, 'mlops.yaml');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace(/^monitoring:$/m, 'monitoring:\n  reference: other.csv'));
    const { json } = await runAt(copy, calm, 'monitor');
    expect(json.drift.false_alarms.basis).toBe('noise_floor');
    expect(json.drift.notes).toContainEqual(
      expect.stringMatching(
        /another reference \(training data of version 1\); make it anew: mlops drift calibrate/,
      ),
    );
  });

  test('damaged it ends with 78, naming the file and what to do', async () => {
    const copy = copyOf(workspace);
    const whole = readFileSync(inFolder(copy), 'utf8');
    for (const damaged of [whole.slice(0, 300), '{}', whole.replace(/"sizes": \[\s*200,/, '"sizes": [')]) {
      writeFileSync(inFolder(copy), damaged);
      const { code, stderr } = await runMlops(['-C', copy, '--as-of', calm, 'monitor']);
      expect(code).toBe(78);
      expect(stderr).toContain(inFolder(copy));
      expect(stderr).toContain('mlops drift calibrate');
    }
    rmSync(inFolder(copy));
    expect((await runAt(copy, calm, 'monitor')).json.drift.false_alarms.basis).toBe('noise_floor');
  });

  test('a peer’s convention has no use for it', async () => {
    const words = ['-C', workspace, 'drift', 'calibrate', '--convention', 'evidently'];
    const { code, stderr } = await runMlops(words);
    expect([code, stderr]).toEqual([78, expect.stringContaining('thresholds of its own')]);
  });
});

describe('drift calibrate of a bare file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mlops-test-'));
  const output = join(folder, 'calibration.json');
  const draws = ['--draws', '200'];
  const calibrate = ['drift', 'calibrate', '--output', output, ...draws];

  test('in order of its times, drawn in blocks, and used by --calibration', async () => {
    const made = await runMlops([...calibrate, '--reference', stream, '--time', 'timestamp']);
    expect(made.code).toBe(0);
    expect(made.stdout).toMatch(/blocks of \d+ neighbouring rows in order of timestamp/);
    expect(readOf(output).time).toBe('timestamp');
    expect(readOf(output).features.map(({ name }) => name)).not.toContain('timestamp');
    await runMlops([...calibrate, '--reference', reference]);
    const compare = ['drift', '--reference', reference, '--current', stream, '--json'];
    const used = await runMlops([...compare, '--calibration', output]);
    expect(JSON.parse(used.stdout).false_alarms.basis).toBe('calibration');
    const windows = await runMlops([...compare, '--calibration', output, '--chunks', '8']);
    expect(JSON.parse(windows.stdout).notes).toEqual([]);
  });

  test('what it cannot do is refused', async () => {
    const refused: readonly (readonly [number, string, readonly string[]])[] = [
      [64, 'go together', ['--reference', reference]],
      [
        64,
        '--draws 1000',
        ['--reference', reference, '--output', output, '--false-alarms', '0.01', ...draws],
      ],
      [64, '--current says nothing to a calibration of the workspace', ['--current', stream]],
      [65, 'too few to calibrate', ['--reference', join(folder, 'few.csv'), '--output', output]],
    ];
    writeFileSync(
      join(folder, 'few.csv'),
      readFileSync(reference, 'utf8').split('\n').slice(0, 150).join('\n'),
    );
    for (const [exit, message, words] of refused) {
      const { code, stderr } = await runMlops(['drift', 'calibrate', ...words]);
      expect([code, stderr]).toEqual([exit, expect.stringContaining(message)]);
    }
  });

  test('Ctrl-C leaves no file', async () => {
    const path = join(folder, 'interrupted.json');
    const words = ['drift', 'calibrate', '--reference', reference, '--output', path, '--draws', '100000'];
    const child = spawn(executable, words);
    const ended = new Promise((resolve) => child.on('close', resolve));
    await new Promise((resolve) => child.stderr.once('data', resolve));
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    expect(existsSync(path)).toBe(false);
    expect(readdirSync(folder).filter((name) => name.startsWith('interrupted'))).toEqual([]);
  });
});
