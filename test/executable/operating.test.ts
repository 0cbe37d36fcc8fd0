import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import Database from 'better-sqlite3';
import { execa } from 'execa';
import { beforeAll, describe, expect, test } from 'vitest';
import { calm, copyOf, loopWorkspace, runAt, shifted } from './loop-workspace.ts';
import { executable, runMlops } from './run-mlops.ts';

const schemas = join(import.meta.dirname, '..', '..', 'schemas');

let original: string;
beforeAll(async () => {
  original = await loopWorkspace();
  const file = join(original, 'mlops.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('lookback: 24h', 'lookback: 7d'));
});

function promised(name: string, document: unknown): void {
  const validate = new Ajv2020().compile(
    JSON.parse(readFileSync(join(schemas, `${name}.schema.json`), 'utf8')),
  );
  expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
}

describe('stats', () => {
  interface Row {
    readonly predicted_at: number;
    readonly outcome: number;
    readonly probability: number;
  }

  test('are what SQL of another shape counts, by hour and by version', async () => {
    const until = Date.parse(calm);
    const workspace = copyOf(original);
    const store = new Database(join(workspace, '.mlops', 'store.db'));
    store.exec(
      "UPDATE prediction SET model_version = '1', probability = rowid % 89 / 89.0, outcome = rowid % 3 = 0",
    );
    const { code, json } = await runAt(workspace, calm, 'stats', '--window', '7d');
    promised('stats', json);
    expect(code).toBe(0);
    const rows = store
      .prepare<[number, number], Row>('SELECT * FROM prediction WHERE predicted_at > ? AND predicted_at <= ?')
      .all(until - 7 * 86_400_000, until);
    store.close();
    const mean = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / values.length;
    expect(json).toMatchObject({ predictions: rows.length, scored: rows.length, by: 'hour' });
    expect(json.per_hour).toBeCloseTo(rows.length / 168, 12);
    expect(json.positive_rate).toBeCloseTo(mean(rows.map((each) => each.outcome)), 12);
    expect(json.mean_probability).toBeCloseTo(mean(rows.map((each) => each.probability)), 12);
    const hours: readonly { hour: string; predictions: number }[] = json.groups;
    expect(hours.reduce((sum, each) => sum + each.predictions, 0)).toBe(rows.length);
    for (const { hour, predictions } of hours) {
      const from = Date.parse(hour);
      const inside = rows.filter((each) => each.predicted_at >= from && each.predicted_at < from + 3_600_000);
      expect(predictions, hour).toBe(inside.length);
    }
    const byVersion = await runAt(workspace, calm, 'stats', '--window', '7d', '--by', 'version');
    expect(byVersion.json.groups).toMatchObject([{ version: '1', hour: null, predictions: rows.length }]);
  });

  test('draw small charts, and say when there was nothing', async () => {
    const shown = await runMlops(['-C', original, '--as-of', calm, 'stats']);
    expect(shown.stdout).toMatch(/^\d+ predictions in the 24 h up to .*\n\npredictions +[▁-█]/);
    const empty = await runMlops(['-C', original, '--as-of', '2025-01-01T00:00:00Z', 'stats']);
    expect(empty).toMatchObject({ code: 0, stdout: expect.stringContaining('there never was one') });
  });

  test('a window or a grouping that is none is a usage error', async () => {
    expect((await runMlops(['-C', original, 'stats', '--window', 'week'])).code).toBe(64);
    const outcome = await runMlops(['-C', original, 'stats', '--by', 'colour']);
    expect(outcome).toMatchObject({
      code: 64,
      stderr: expect.stringContaining('it is one of: hour, version'),
    });
  });
});

describe('checklist', () => {
  const section = (json: { readonly sections: readonly { readonly name: string }[] }, name: string) =>
    json.sections.find((each) => each.name === name);

  test('of the morning: health, monitoring, volume, registry, alerts, on one screen', async () => {
    const workspace = copyOf(original);
    await runAt(workspace, shifted, 'monitor');
    const { code, json } = await runAt(workspace, shifted, 'checklist');
    promised('checklist', json);
    expect(code).toBe(2);
    expect(json.sections.map((each: { name: string }) => each.name)).toEqual([
      'health',
      'monitoring',
      'volume',
      'registry',
      'alerts',
    ]);
    expect(section(json, 'monitoring')).toMatchObject({
      status: 'CRITICAL',
      lines: [expect.stringContaining('6 of 7 features drifted')],
    });
    expect(section(json, 'alerts')).toMatchObject({ status: 'CRITICAL', remedy: 'mlops alerts' });
    const { stdout } = await runMlops(['-C', workspace, '--as-of', shifted, 'checklist']);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(50);
    expect(Math.max(...lines.map((each) => each.length))).toBeLessThanOrEqual(100);
  });

  test('of Monday: the same features again and again', async () => {
    const workspace = copyOf(original);
    const quiet = await runAt(workspace, calm, 'checklist', '--weekly', 'monday');
    expect(section(quiet.json, 'drift_findings')).toMatchObject({
      status: 'WARNING',
      lines: ['no run in the last 4 weeks: is monitoring running?'],
    });
    await runAt(workspace, calm, 'monitor');
    for (let run = 0; run < 3; run++) await runAt(workspace, shifted, 'monitor');
    const { json } = await runAt(workspace, shifted, 'checklist', '--weekly', 'monday');
    promised('checklist', json);
    expect(section(json, 'drift_findings')).toMatchObject({
      status: 'WARNING',
      lines: [expect.stringMatching(/drifted in each of the last 3 runs: investigate the cause$/)],
    });
  });

  test('of Monday: a sudden spike', async () => {
    const workspace = copyOf(original);
    await runAt(workspace, '2026-09-02T00:00:00Z', 'monitor');
    await runAt(workspace, shifted, 'monitor');
    const { json } = await runAt(workspace, shifted, 'checklist', '--weekly', 'monday');
    expect(section(json, 'drift_findings')).toMatchObject({
      lines: [
        expect.stringMatching(
          /^85\.7 % of the features drifted in the last run, .*: check the data pipeline$/,
        ),
      ],
    });
  });

  test('of Wednesday: the age of Production, and who waits in Staging', async () => {
    const { json } = await runAt(original, '2026-09-30T00:00:00Z', 'checklist', '--weekly', 'wednesday');
    expect(section(json, 'production')).toMatchObject({ status: 'WARNING', remedy: 'mlops heal' });
    expect(section(json, 'staging')).toMatchObject({ lines: ['no version is in Staging'] });
  });

  test('of Friday: disk, artifacts, backups', async () => {
    const { json } = await runAt(original, calm, 'checklist', '--weekly', 'friday');
    expect(section(json, 'backups')).toMatchObject({ status: 'WARNING', remedy: 'mlops backup' });
    expect(section(json, 'disk')).toMatchObject({
      lines: [expect.stringContaining('disk'), expect.stringContaining('artifacts')],
    });
  });

  test('without a store still answers, each section by itself', async () => {
    const workspace = copyOf(original);
    rmSync(join(workspace, '.mlops', 'store.db'));
    const { code, json } = await runAt(workspace, calm, 'checklist');
    expect(code).toBe(2);
    expect(section(json, 'volume')).toMatchObject({
      status: 'UNKNOWN',
      lines: [expect.stringContaining('is missing')],
    });
  });
});

describe('the log of the commands', () => {
  const logOf = (workspace: string) =>
    readFileSync(join(workspace, '.mlops', 'logs', 'mlops.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));

  test('has a line for each that ran on the workspace, with how it ended; not for --help and --version', async () => {
    const workspace = copyOf(original);
    rmSync(join(workspace, '.mlops', 'logs'), { recursive: true });
    await runMlops(['-C', workspace, '--help']);
    await runMlops(['--version'], { cwd: workspace });
    await runMlops(['-C', workspace, 'models', '--help']);
    expect(existsSync(join(workspace, '.mlops', 'logs'))).toBe(false);
    await runMlops(['-C', workspace, 'models']);
    await runMlops(['-C', workspace, 'labels', 'add', 's3cret.csv']);
    await runAt(workspace, shifted, 'monitor');
    expect(logOf(workspace)).toMatchObject([
      { level: 'info', command: 'models', msg: 'done', exit_code: 0 },
      { level: 'error', command: 'labels add', exit_code: 66 },
      {
        level: 'error',
        command: 'monitor',
        exit_code: 2,
        msg: expect.stringContaining('6 of 7 features drifted'),
      },
    ]);
    for (const line of logOf(workspace)) expect(line.duration_ms).toBeGreaterThanOrEqual(0);
  });

  test('that cannot be written changes nothing', async () => {
    const workspace = copyOf(original);
    rmSync(join(workspace, '.mlops', 'logs'), { recursive: true });
    writeFileSync(join(workspace, '.mlops', 'logs'), 'in the way');
    expect(await runMlops(['-C', workspace, 'models'])).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('logs', () => {
  function serviceWorkspace(): string {
    const workspace = copyOf(original);
    rmSync(join(workspace, '.mlops', 'logs'), { recursive: true });
    mkdirSync(join(workspace, 'log'));
    writeFileSync(
      join(workspace, 'log', 'api.log'),
      [
        '2026-09-01T10:00:00Z INFO up',
        '2026-09-01T10:00:02Z ERROR failed',
        'Traceback',
        '2026-09-01T10:00:04Z INFO again',
        '',
      ].join('\n'),
    );
    writeFileSync(
      join(workspace, 'mlops.yaml'),
      `model: { name: sample, schema: schema.json }
services:
  - { name: api, process: x, logs: log/api.log }
  - { name: job, command: 'true', logs: 'echo 2026-09-01T10:00:01Z WARN late; echo 2026-09-01T10:00:03Z fine' }
  - { name: gone, command: 'true', logs: log/gone.log }
  - { name: hangs, command: 'true', timeout_ms: 300, logs: 'echo 2026-09-01T10:00:05Z begun; sleep 1000' }
  - { name: silent, command: 'true' }
`,
    );
    return workspace;
  }
  const texts = (json: { readonly lines: readonly { readonly text: string }[] }) =>
    json.lines.map(({ text }) => text.replace(/^\S+Z /, ''));
  const asOf = '2026-09-01T10:00:06Z';

  test('are one, ordered by time; what cannot be read is named', async () => {
    const { code, json } = await runAt(serviceWorkspace(), asOf, 'logs');
    promised('logs', json);
    expect(code).toBe(0);
    expect(texts(json)).toEqual([
      'INFO up',
      'WARN late',
      'ERROR failed',
      'Traceback',
      'fine',
      'INFO again',
      'begun',
    ]);
    expect(json.unavailable).toMatchObject([
      { source: 'gone', why: expect.stringContaining('no such file') },
      { source: 'hangs', why: expect.stringContaining('did not end within 300 ms') },
    ]);
  });

  test('are narrowed by service, level, time, pattern and count', async () => {
    const workspace = serviceWorkspace();
    const look = async (...more: string[]) => texts((await runAt(workspace, asOf, 'logs', ...more)).json);
    expect(await look('api', '--level', 'warn')).toEqual(['ERROR failed', 'Traceback']);
    expect(await look('api', '--since', '3s')).toEqual(['INFO again']);
    expect(await look('API', '--grep', 'UP|trace')).toEqual(['INFO up', 'Traceback']);
    expect(await look('api', '-n', '2')).toEqual(['Traceback', 'INFO again']);
    expect((await runAt(workspace, asOf, 'logs', 'silent')).json.error).toContain('names no log');
    expect((await runAt(workspace, asOf, 'logs', 'nobody')).json.cause).toContain('api, job, gone');
    expect((await runAt(workspace, asOf, 'logs', '--grep', '(')).code).toBe(64);
  });

  test('a file of many megabytes is read from its end', async () => {
    const workspace = serviceWorkspace();
    const line = (second: number) =>
      `2026-08-01T00:00:${String(second % 60).padStart(2, '0')}Z INFO ${'x'.repeat(200)}\n`;
    const path = join(workspace, 'log', 'api.log');
    writeFileSync(path, Array.from({ length: 50_000 }, (_, index) => line(index)).join(''));
    appendFileSync(path, '2026-09-01T10:00:00Z INFO the last\n');
    expect(texts((await runAt(workspace, asOf, 'logs', 'api', '-n', '1')).json)).toEqual(['INFO the last']);
  });

  test('of journald and of containers come from their own commands, and are followed by them', async () => {
    const tools = mkdtempSync(join(tmpdir(), 'mlops-test-'));
    const tool = (name: string, script: string) =>
      writeFileSync(join(tools, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    const entry = (second: number, priority: number, message: unknown) =>
      JSON.stringify({
        __REALTIME_TIMESTAMP: String(Date.parse(`2026-09-01T10:00:0${second}Z`) * 1000),
        PRIORITY: String(priority),
        MESSAGE: message,
      });
    tool(
      'journalctl',
      `echo "$@" >> ${tools}/asked
case "$*" in *--follow*) echo '${entry(7, 2, 'from the journal, later')}'; exec sleep 1000 ;; esac
echo '${entry(1, 3, 'from the journal')}'; echo '${entry(4, 6, [104, 105])}'`,
    );
    tool(
      'docker',
      `echo "$@" >> ${tools}/asked; echo '2026-09-01T10:00:02.123456789Z WARN from the container'`,
    );
    const workspace = serviceWorkspace();
    writeFileSync(
      join(workspace, 'mlops.yaml'),
      `model: { name: sample, schema: schema.json }
services:
  - { name: unit, command: 'true', logs: 'journald:api.service' }
  - { name: box, container: api }
`,
    );
    const env = { PATH: `${tools}:${process.env.PATH}` };
    const outcome = await runMlops(['-C', workspace, '--json', '--as-of', asOf, 'logs', '--since', '1h'], {
      env,
    });
    expect(JSON.parse(outcome.stdout).lines).toMatchObject([
      { at: '2026-09-01T10:00:01.000Z', level: 'error', source: 'unit', text: 'from the journal' },
      { at: '2026-09-01T10:00:02.123Z', level: 'warn', source: 'box', text: 'WARN from the container' },
      { at: '2026-09-01T10:00:04.000Z', level: 'info', source: 'unit', text: 'hi' },
    ]);
    const asked = readFileSync(join(tools, 'asked'), 'utf8');
    expect(asked).toContain('--output=json --unit=api.service --lines=100 --since=@1788253206');
    expect(asked).toContain('logs --timestamps --tail=100 --since=2026-09-01T09:00:06.000Z api');

    const running = execa(executable, ['-C', workspace, '--json', 'logs', 'unit', '--follow', '-n', '1'], {
      reject: false,
      buffer: false,
      env,
    });
    const seen: string[] = [];
    for await (const line of running.iterable()) {
      seen.push(JSON.parse(String(line)).text);
      if (seen.length === 2) running.kill('SIGINT');
    }
    expect(seen).toEqual(['hi', 'from the journal, later']);
    expect((await running).exitCode).toBe(0);
  });

  test('--follow goes on with what comes, also after a rotation, and Ctrl-C ends it', async () => {
    const workspace = serviceWorkspace();
    const path = join(workspace, 'log', 'api.log');
    const running = execa(executable, ['-C', workspace, '--json', 'logs', 'api', '--follow', '-n', '1'], {
      reject: false,
      buffer: false,
    });
    const seen: string[] = [];
    const steps: Readonly<Record<string, () => void>> = {
      again: () => appendFileSync(path, 'ERROR fresh\n'),
      fresh: () => {
        renameSync(path, `${path}.1`);
        writeFileSync(path, 'INFO after the rotation\n');
      },
      rotation: () => running.kill('SIGINT'),
    };
    for await (const line of running.iterable()) {
      const { text } = JSON.parse(String(line));
      seen.push(text);
      steps[text.split(' ').at(-1)]?.();
    }
    expect(seen).toEqual(['2026-09-01T10:00:04Z INFO again', 'ERROR fresh', 'INFO after the rotation']);
    expect((await running).exitCode).toBe(0);
  });
});

describe('health for other programs', () => {
  test('--format nagios is one line, prometheus an exposition; --json and an unknown format', async () => {
    const nagios = await runMlops(['-C', original, '--as-of', calm, 'health', '--format', 'nagios']);
    expect(nagios.code).toBe(1);
    expect(nagios.stdout).toMatch(
      /^WARNING - \d+ of 14 checks OK; .* \| store=0;;;0; .*disk=[\d.]+%;80;95;0;100 [^\n]*\n$/,
    );
    const prometheus = await runMlops(['-C', original, '--as-of', calm, 'health', '--format', 'prometheus']);
    const { parseExposition } = await import('../report/prometheus-text.ts');
    expect(
      parseExposition(prometheus.stdout).find((each) => each.name === 'mlops_health_status')?.value,
    ).toBe(1);
    const json = await runMlops(['-C', original, '--as-of', calm, 'health', '--format', 'json']);
    expect(JSON.parse(json.stdout)).toMatchObject({ status: 'WARNING' });
    expect((await runMlops(['-C', original, 'health', '--format', 'xml'])).code).toBe(64);
  });
});
