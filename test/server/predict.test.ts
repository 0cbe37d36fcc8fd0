import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runMlops } from '../executable/run-mlops.ts';
import { applicant, copyWith, type Serving, serve, servingWorkspace, start, stored } from './serving.ts';

let workspace = '';
let shared: Serving;
beforeAll(async () => {
  workspace = await servingWorkspace();
  shared = await start(copyWith(workspace));
});
afterAll(() => shared.stop('SIGKILL'));

const count = (folder: string) => Number(stored(folder, 'SELECT count(*) AS rows FROM prediction')[0]?.rows);

describe('a prediction', () => {
  test('is answered as mlops score answers it, and is in the store as an import would have it', async () => {
    const { post, get, workspace: folder } = shared;
    const { status, json } = await post('/predict', applicant);
    expect(status).toBe(200);
    expect(json).toMatchObject({ model_version: '1', outcome: json.probability >= json.threshold ? 1 : 0 });

    const [row] = stored(folder, 'SELECT * FROM prediction WHERE prediction_id = ?', json.prediction_id);
    const { prediction_id, probability, outcome, timestamp } = json;
    expect(row).toEqual({
      ...applicant,
      prediction_id,
      probability,
      outcome,
      model_version: '1',
      predicted_at: Date.parse(timestamp),
    });
    expect((await get(`/predictions/${prediction_id}`)).json).toEqual(json);

    const input = join(folder, 'row.csv');
    const names = `prediction_id,timestamp,${Object.keys(applicant)}`;
    const cells = `${prediction_id},${timestamp},${Object.values(applicant)}`;
    writeFileSync(input, `${names}\n${cells}\n`);
    const output = join(folder, 'scores.csv');
    await runMlops(['-C', folder, 'score', '--stage', 'production', '--input', input, '--output', output]);
    expect(readFileSync(output, 'utf8').split('\n')[1]).toBe(`${prediction_id},${probability},${outcome}`);

    const answers = 'model_version,probability,outcome';
    writeFileSync(input, `${names},${answers}\n${cells},1,${probability},${outcome}\n`);
    const imported = await runMlops(['-C', folder, '--json', 'predictions', 'import', input]);
    expect(JSON.parse(imported.stdout)).toMatchObject({ read: 1, unchanged: 1, rejected: 0 });
  });

  test('takes its features nested or flat, and null for what is missing', async () => {
    const { post, workspace: folder } = shared;
    const flat = await post('/predict', { ...applicant, monthly_income: null });
    const nested = await post('/predict', { features: { ...applicant, monthly_income: null } });
    expect([flat.status, nested.status]).toEqual([200, 200]);
    expect(nested.json.probability).toBe(flat.json.probability);
    const [{ monthly_income } = {}] = stored(
      folder,
      'SELECT monthly_income FROM prediction WHERE prediction_id = ?',
      nested.json.prediction_id,
    );
    expect(monthly_income).toBeNull();
  });

  test('of a row that is not as the schema says is refused, every fault named, and nothing is stored', async () => {
    const { post, workspace: folder } = shared;
    const before = count(folder);
    const { age, debt_ratio, ...rest } = applicant;
    const { status, headers, json } = await post('/predict', {
      ...rest,
      age: '44',
      dependents: 1.5,
      income: 3,
    });
    expect(status).toBe(422);
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(json).toMatchObject({ status: 422, title: 'Unprocessable Entity' });
    const pointers = json.errors.map(({ pointer }: { pointer: string }) => pointer);
    expect(pointers).toEqual(['/age', '/debt_ratio', '/dependents', '/income']);
    expect(json.errors[0].detail).toBe('expected a whole number, got the text "44"');
    expect(count(folder)).toBe(before);
  });

  test('of a body that is no row is refused', async () => {
    const { post } = shared;
    const text = JSON.stringify(applicant);
    const bodies: readonly (readonly [string, number])[] = [
      ['', 400],
      ['{"age": 4', 400],
      [text.replace('5839', '1e999'), 422],
      [text.replace('5839', 'NaN'), 400],
      ['[1]', 422],
      ['null', 422],
      ['['.repeat(100_000), 400],
      ['{"__proto__": {"age": 3}}', 422],
    ];
    for (const [body, expected] of bodies)
      expect([body.slice(0, 40), (await post('/predict', body)).status]).toEqual([
        body.slice(0, 40),
        expected,
      ]);
    const text16 = await post('/predict', Buffer.from(`\ufeff${text}`, 'utf16le'));
    expect([text16.status, text16.json.detail]).toEqual([400, 'the body is not UTF-8']);
    expect((await post('/predict', text, { 'content-type': 'text/csv' })).status).toBe(415);
    expect((await post('/predict', gzipSync(text), { 'content-encoding': 'gzip' })).status).toBe(415);
    expect((await post('/predict', text)).status).toBe(200);
  });
});

describe('a value outside of its limits', () => {
  const young = { ...applicant, age: 12 };
  test('is predicted and named by default', async () => {
    const { post, workspace: folder } = shared;
    const { status, json } = await post('/predict', young);
    expect(status).toBe(200);
    expect(json.flags).toEqual([{ feature: 'age', detail: 'expected at least 18' }]);
    expect(stored(folder, 'SELECT age FROM prediction WHERE prediction_id = ?', json.prediction_id)).toEqual([
      { age: 12 },
    ]);
  });

  test('is refused or drawn to the limit where mlops.yaml says so', async () => {
    const refusing = await serve(copyWith(workspace, { out_of_range: 'reject' }));
    expect((await refusing.post('/predict', young)).json.errors).toEqual([
      { pointer: '/age', detail: 'expected at least 18' },
    ]);
    const clamping = await serve(copyWith(workspace, { out_of_range: 'clamp' }));
    const { json } = await clamping.post('/predict', young);
    expect(json.flags).toEqual([{ feature: 'age', detail: 'expected at least 18, taken as 18' }]);
    expect(stored(clamping.workspace, 'SELECT age FROM prediction')).toEqual([{ age: 18 }]);
  });
});

describe('the same request twice', () => {
  test('is one row and the same answer, by its id or its Idempotency-Key', async () => {
    const { post, workspace: folder } = await serve(copyWith(workspace, { durability: 'async' }));
    const first = await post('/predict', { ...applicant, prediction_id: 'loan-1' });
    expect(await post('/predict', { ...applicant, prediction_id: 'loan-1' })).toMatchObject({
      json: first.json,
    });
    const keyed = await post('/predict', applicant, { 'idempotency-key': '"loan-2"' });
    expect(keyed.json.prediction_id).toBe('loan-2');
    const again = await Promise.all(
      [1, 2, 3].map(() => post('/predict', applicant, { 'idempotency-key': 'loan-2' })),
    );
    for (const { json } of again) expect(json).toEqual(keyed.json);
    expect(count(folder)).toBe(2);
  });

  test('with other features is a conflict, and the first stays', async () => {
    const { post, workspace: folder } = shared;
    await post('/predict', { ...applicant, prediction_id: 'loan-3' });
    const { status } = await post('/predict', { ...applicant, age: 45, prediction_id: 'loan-3' });
    expect(status).toBe(409);
    expect(stored(folder, "SELECT age FROM prediction WHERE prediction_id = 'loan-3'")).toEqual([
      { age: 44 },
    ]);
  });
});

describe('a batch', () => {
  test('is answered in order and stored whole', async () => {
    const { post, workspace: folder } = shared;
    const rows = Array.from({ length: 500 }, (_, place) => ({
      ...applicant,
      age: 20 + (place % 60),
      prediction_id: `row-${place}`,
    }));
    const { status, json } = await post('/predict/batch', { rows });
    expect(status).toBe(200);
    expect(json.predictions.map(({ prediction_id }: { prediction_id: string }) => prediction_id)).toEqual(
      rows.map(({ prediction_id }) => prediction_id),
    );
    const lone = await post('/predict', { ...applicant, age: 27 });
    expect(json.predictions[7].probability).toBeCloseTo(lone.json.probability, 6);
    expect(
      stored(folder, "SELECT count(*) AS rows FROM prediction WHERE prediction_id LIKE 'row-%'"),
    ).toEqual([{ rows: 500 }]);
  });

  test('comes and goes as CSV, with the texts of the schema for a missing value', async () => {
    const { post } = shared;
    const { json: plain } = await post('/predict', { ...applicant, monthly_income: null });
    const names = ['prediction_id', ...Object.keys(applicant)];
    const values = ['"a ""1"""', ...Object.values({ ...applicant, monthly_income: 'NA' })];
    const young = ['=2', ...Object.values({ ...applicant, age: 12 })];
    const type = { 'content-type': 'text/csv' };
    const asJson = await post('/predict/batch', `${names}\r\n${values}\r\n`, type);
    expect(asJson.json.predictions).toEqual([
      { ...plain, prediction_id: 'a "1"', timestamp: expect.any(String) },
    ]);
    const text = `${names}\n${values}\n${young}\n`;
    const { headers, json: csv } = await post('/predict/batch', text, { ...type, accept: 'text/csv' });
    expect(headers.get('content-type')).toMatch(/^text\/csv/);
    const { probability, outcome, threshold } = plain;
    const [header, first, second] = csv.split('\n');
    expect(header).toBe('prediction_id,probability,outcome,model_version,threshold,timestamp,flags');
    const [{ timestamp }] = asJson.json.predictions;
    expect(first).toBe(`"a ""1""",${probability},${outcome},1,${threshold},${timestamp},`);
    expect(second).toMatch(/^=2,.*,age: expected at least 18$/);
    const wrong = await post('/predict/batch', text.replace(',44,', ',old,'), type);
    expect(wrong.json.errors).toEqual([
      { pointer: '/0/age', detail: 'expected a whole number, got the text "old"' },
    ]);
  });

  test('with one wrong row stores nothing; one too long is refused', async () => {
    const { post, workspace: folder } = await serve(copyWith(workspace, { batch_rows: '3' }));
    const wrong = await post('/predict/batch', [applicant, { ...applicant, age: null }]);
    expect(wrong.json.errors).toEqual([
      { pointer: '/1/age', detail: 'expected a whole number, a missing value is not allowed' },
    ]);
    expect((await post('/predict/batch', [applicant, applicant, applicant, applicant])).status).toBe(413);
    expect((await post('/predict/batch', [])).json).toEqual({ predictions: [] });
    expect(count(folder)).toBe(0);
  });
});
