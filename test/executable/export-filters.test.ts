import { spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, test } from 'vitest';
import { exportManifestDefinition, exportResultDefinition } from '../../src/data/results/export.ts';
import { runMlops } from './run-mlops.ts';

const asOf = '2026-11-15T00:00:00Z';
const place = () => mkdtempSync(join(tmpdir(), 'mlops-test-'));
const secret = 'a secret of enough letters';

const predictions = `prediction_id,timestamp,model_version,probability,outcome,income,job
p1,2026-08-03T00:00:00Z,1,0.3,0,100.5,baker
p2,2026-08-04T00:00:00Z,1,0.9,1,,baker
p3,2026-08-05T00:00:00Z,2,0.2,0,7,
p4,2026-08-06T00:00:00Z,,,,7,smith
`;
const labels = `prediction_id,true_label,label_timestamp,label_source
p1,0,2026-09-01T00:00:00Z,us
p3,1,2026-09-01T00:00:00Z,us
`;

let workspace = '';
beforeAll(async () => {
  workspace = place();
  const must = async (...words: string[]) =>
    expect((await runMlops(['-C', workspace, '--as-of', asOf, ...words])).stderr).toBe('');
  await must('init', '--model', 'credit', '--schema', 'schema.json', '--yes');
  writeFileSync(join(workspace, 'p.csv'), predictions);
  writeFileSync(join(workspace, 'l.csv'), labels);
  await must('predictions', 'import', join(workspace, 'p.csv'));
  await must('labels', 'add', join(workspace, 'l.csv'));
});

async function exported(subject: string, ...words: string[]) {
  const to = join(place(), 'out');
  const line = ['-C', workspace, '--json', '--as-of', asOf, 'export', subject, '--to', to, ...words];
  const { code, stdout } = await runMlops(line, { env: { MLOPS_ANONYMISE_KEY: secret } });
  return { code, to, json: JSON.parse(stdout) };
}
const rowsOf = (path: string): Record<string, string>[] => parse(readFileSync(path), { columns: true });

async function idsOf(subject: string, ...words: string[]): Promise<(string | undefined)[]> {
  const { to } = await exported(subject, ...words);
  return rowsOf(join(to, `${subject}.csv`)).map((row) => row.prediction_id);
}

describe('export narrows down', () => {
  test('by version', async () => {
    expect(await idsOf('predictions', '--version', '1')).toEqual(['p1', 'p2']);
    expect(await idsOf('labels', '--version', '2')).toEqual(['p3']);
  });

  test('by label state', async () => {
    expect(await idsOf('predictions', '--labels', 'labelled')).toEqual(['p1', 'p3']);
    expect(await idsOf('predictions', '--labels', 'unlabelled')).toEqual(['p2', 'p4']);
    expect(await idsOf('predictions', '--labels', 'unlabelled', '--version', '1')).toEqual(['p2']);
  });

  test('by feature, what is not one stays', async () => {
    const { to, json } = await exported('predictions', '--features', 'job');
    expect(readFileSync(join(to, 'predictions.csv'), 'utf8').split('\n')[0]).toBe(
      'prediction_id,timestamp,model_version,probability,outcome,job',
    );
    const manifest = exportManifestDefinition.parse(JSON.parse(readFileSync(json.manifest, 'utf8')));
    expect(manifest).toMatchObject({
      filter: { version: null, labels: null, features: ['job'] },
      anonymised: null,
    });
  });

  test.each([
    ['an unknown feature', ['--features', 'incme'], 64, { try: 'write --features income' }],
    ['an unknown version', ['--version', '9'], 66, { error: expect.stringContaining('9') }],
    ['an unknown label state', ['--labels', 'late'], 64, {}],
    ['an unknown column', ['--anonymise', 'jop'], 64, { try: 'write --anonymise job' }],
  ])('%s is refused and nothing is written', async (_, words, code, said) => {
    const { to, json, ...outcome } = await exported('predictions', ...words);
    expect(outcome.code).toBe(code);
    expect(json).toMatchObject(said);
    expect(readdirSync(join(to, '..'))).toEqual([]);
  });
});

describe('export --anonymise', () => {
  const token = (value: string) => createHmac('sha256', secret).update(value).digest('hex').slice(0, 32);

  test('gives the same token for the same value in every file, and leaves what is missing', async () => {
    const { to, json } = await exported('all', '--anonymise', 'prediction_id,job,income');
    expect(
      rowsOf(join(to, 'predictions.csv')).map((row) => [row.prediction_id, row.job, row.income]),
    ).toEqual([
      [token('p1'), token('baker'), token('100.5')],
      [token('p2'), token('baker'), ''],
      [token('p3'), '', token('7')],
      [token('p4'), token('smith'), token('7')],
    ]);
    expect(rowsOf(join(to, 'labels.csv')).map((row) => row.prediction_id)).toEqual([
      token('p1'),
      token('p3'),
    ]);
    expect(json.notes).toEqual([expect.stringContaining('may still quote values')]);
    const all = readdirSync(to)
      .map((name) => readFileSync(join(to, name), 'utf8'))
      .join('\n');
    expect(all).not.toContain(secret);
    expect(all).not.toContain('baker');
  });

  test('says which key it was without telling it', async () => {
    const keyOf = async (...words: string[]) => {
      const { json } = await exported('labels', '--anonymise', 'prediction_id', ...words);
      return JSON.parse(readFileSync(json.manifest, 'utf8')).anonymised.key_id;
    };
    const file = join(place(), 'key.txt');
    writeFileSync(file, `${secret}\n`);
    expect(await keyOf('--key-file', file)).toBe(await keyOf());
    writeFileSync(file, `another ${secret}`);
    expect(await keyOf('--key-file', file)).not.toBe(await keyOf());
  });

  test.each([
    ['no key', ''],
    ['a short key', 'short'],
  ])('%s is a usage error', async (_, key) => {
    const to = join(place(), 'out');
    const line = ['-C', workspace, 'export', 'labels', '--to', to, '--anonymise', 'prediction_id'];
    const { code, stderr } = await runMlops(line, { env: { MLOPS_ANONYMISE_KEY: key } });
    expect([code, stderr]).toEqual([64, expect.stringContaining('--key-file')]);
  });
});

describe('export --archive', () => {
  test('is one tar.zst that tar reads and that verifies', async ({ skip }) => {
    const { to, json } = await exported('all', '--archive');
    expect(exportResultDefinition.parse(json)).toMatchObject({
      path: to,
      manifest: 'manifest.json',
      subject: 'all',
    });
    expect(readdirSync(join(to, '..'))).toEqual(['out']);
    const verified = JSON.parse((await runMlops(['--json', 'export', 'verify', to])).stdout);
    expect(verified).toMatchObject({ status: 'OK', files: 6, rows: json.rows, problems: [] });
    skip(spawnSync('tar', ['--version']).error !== undefined, 'needs tar');
    const folder = place();
    spawnSync('tar', ['-x', '-C', folder], { input: zstdDecompressSync(readFileSync(to)) });
    expect(JSON.parse((await runMlops(['--json', 'export', 'verify', folder])).stdout)).toMatchObject({
      status: 'OK',
      rows: json.rows,
    });
  });

  test('a damaged one is CRITICAL, or bad data where no manifest can be read', async () => {
    const { to } = await exported('predictions', '--archive');
    const content = readFileSync(to);
    writeFileSync(to, content.subarray(0, 40));
    expect((await runMlops(['export', 'verify', to])).code).toBe(65);
    const tar = zstdDecompressSync(content);
    const { zstdCompressSync } = await import('node:zlib');
    writeFileSync(
      to,
      zstdCompressSync(Buffer.from(tar.toString('latin1').replace('baker', 'BAKER'), 'latin1')),
    );
    const altered = await runMlops(['--json', 'export', 'verify', to]);
    expect([altered.code, JSON.parse(altered.stdout).problems]).toEqual([
      2,
      [expect.stringContaining('predictions.csv was altered')],
    ]);
  });

  test('replaces an earlier one of the same, and nothing else', async () => {
    const { to } = await exported('labels', '--archive');
    const into = (subject: string) => runMlops(['-C', workspace, 'export', subject, '--to', to, '--archive']);
    expect((await into('labels')).code).toBe(0);
    expect(await into('audit')).toMatchObject({
      code: 64,
      stderr: expect.stringContaining('it holds an export of labels'),
    });
    writeFileSync(to, 'mine');
    expect((await into('labels')).code).toBe(64);
    expect(readFileSync(to, 'utf8')).toBe('mine');
    const folder = join(place(), 'folder');
    mkdirSync(folder);
    expect((await runMlops(['-C', workspace, 'export', 'labels', '--to', folder, '--archive'])).code).toBe(
      64,
    );
  });
});
