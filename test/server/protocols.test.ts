import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applicant, copyWith, type Serving, serve, servingWorkspace, start, stored } from './serving.ts';

let workspace = '';
let shared: Serving;
let probability = 0;
beforeAll(async () => {
  workspace = await servingWorkspace();
  shared = await start(copyWith(workspace));
  probability = (await shared.post('/predict', applicant)).json.probability;
});
afterAll(() => shared.stop('SIGKILL'));

const count = () =>
  Number(stored(shared.workspace, 'SELECT count(*) AS rows FROM prediction')[0]?.rows ?? Number.NaN);

const tensor = (name: string, datatype: string, data: readonly unknown[], shape = [data.length]) => ({
  name,
  datatype,
  shape,
  data,
});
const named = (row: object) => Object.entries(row).map(([name, value]) => tensor(name, 'FP64', [value]));
const matrix = (...rows: readonly (readonly unknown[])[]) => ({
  inputs: [{ name: 'input-0', datatype: 'FP64', shape: [rows.length, rows[0]?.length], data: rows.flat() }],
});

describe('the Open Inference Protocol', () => {
  const infer = (body: unknown, headers = {}) => shared.post('/v2/models/small/infer', body, headers);

  test('tells of the server and the model', async () => {
    const { get } = shared;
    expect((await get('/v2')).json).toEqual({
      name: 'mlops',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      extensions: ['binary_tensor_data'],
    });
    expect((await get('/v2/health/live')).json).toEqual({ live: true });
    expect((await get('/v2/health/ready')).json).toEqual({ ready: true });
    expect((await get('/v2/models/small/versions/1/ready')).json).toEqual({ name: 'small', ready: true });
    const { json } = await get('/v2/models/small');
    expect(json.inputs.slice(0, 2)).toEqual([
      { name: 'age', datatype: 'INT64', shape: [-1] },
      { name: 'monthly_income', datatype: 'FP64', shape: [-1] },
    ]);
    expect(json.outputs.map(({ name }: { name: string }) => name)).toEqual([
      'probability',
      'outcome',
      'prediction_id',
    ]);
  });

  test('predicts from a tensor a feature and from one for all, flat or nested, and keeps each row', async () => {
    const before = count();
    const { status, json } = await infer({ id: 'a7', inputs: named(applicant) });
    expect(status).toBe(200);
    expect(json).toMatchObject({ model_name: 'small', model_version: '1', id: 'a7' });
    const [id] = json.outputs[2].data;
    expect(json.outputs).toEqual([
      { name: 'probability', datatype: 'FP64', shape: [1], data: [probability] },
      { name: 'outcome', datatype: 'INT64', shape: [1], data: [expect.any(Number)] },
      { name: 'prediction_id', datatype: 'BYTES', shape: [1], data: [id] },
    ]);
    expect((await shared.get(`/predictions/${id}`)).json).toMatchObject({ prediction_id: id, probability });
    const values = Object.values(applicant);
    const nested = matrix(values, values);
    const both = await infer({ ...nested, outputs: [{ name: 'probability' }] });
    expect(both.json.outputs[0]).toMatchObject({ shape: [2], data: [probability, probability] });
    const [only] = nested.inputs;
    expect((await infer({ inputs: [{ ...only, data: [values, values] }] })).json.outputs[0]).toEqual(
      both.json.outputs[0],
    );
    const columns = Object.entries(applicant).map(([name, value]) =>
      tensor(name, 'FP64', [[value], [value]], [2, 1]),
    );
    expect((await infer({ inputs: columns })).json.outputs[0].data).toEqual([probability, probability]);
    expect(count() - before).toBe(7);
  });

  test('takes ids with the rows, and an Idempotency-Key for all of them', async () => {
    const values = Object.values(applicant);
    const ids = tensor('prediction_id', 'BYTES', ['v2-1']);
    const first = await infer({ inputs: [...named(applicant), ids] });
    expect((await infer({ inputs: [...named(applicant), ids] })).json).toEqual(first.json);
    expect((await infer({ inputs: [...named({ ...applicant, age: 45 }), ids] })).status).toBe(409);
    const keyed = await infer(matrix(values, values), { 'idempotency-key': 'k' });
    expect(keyed.json.outputs[2].data).toEqual(['k/0', 'k/1']);
    const before = count();
    expect((await infer(matrix(values, values), { 'idempotency-key': 'k' })).json).toEqual(keyed.json);
    expect(count()).toBe(before);
  });

  test('tells of values out of range', async () => {
    const { json } = await infer({ inputs: named({ ...applicant, age: 12 }) });
    expect(json.parameters.flags).toBe('/0/age: expected at least 18');
  });

  test('names what is wrong as {"error": …}, and nothing is stored', async () => {
    const before = count();
    const values = Object.values(applicant);
    const { age, ...rest } = applicant;
    const wrong: readonly (readonly [unknown, number, string])[] = [
      ['{', 400, 'the body is no JSON'],
      [{}, 400, 'inputs: missing; expected a list'],
      [{ inputs: named(rest) }, 400, "/0/age: the feature 'age' is missing"],
      [{ inputs: [...named(rest), tensor('age', 'BYTES', ['old'])] }, 400, '/0/age: expected a whole number'],
      [{ inputs: [tensor('age', 'FP8', [age])] }, 400, 'inputs.0.datatype: expected one of BOOL'],
      [
        { inputs: [tensor('age', 'FP64', [age], [2])] },
        400,
        "tensor 'age' has 1 elements, its shape [2] has 2",
      ],
      [{ inputs: [...named(rest), tensor('age', 'FP64', [age, age])] }, 400, "'age' has 2 rows, '"],
      [matrix(values.slice(1)), 400, 'has shape [1, 6]: expected [rows, 7]'],
      [{ inputs: [] }, 400, 'inputs: '],
      [{ inputs: named(applicant), outputs: [{ name: 'score' }] }, 400, "no output 'score'"],
      [
        { inputs: [{ name: 'age', datatype: 'FP64', shape: [9e15, 9e15], data: [] }] },
        400,
        'expected [rows]',
      ],
    ];
    for (const [body, status, error] of wrong)
      expect(await infer(body)).toMatchObject({ status, json: { error: expect.stringContaining(error) } });
    expect(await shared.get('/v2/models/large')).toMatchObject({
      status: 404,
      json: { error: 'the model here is small' },
    });
    expect((await shared.get('/v2/models/small/versions/2')).json.error).toBe('version 1 answers, not 2');
    expect(count()).toBe(before);
  });

  test('refuses bytes that are not what the JSON before them says', async () => {
    const send = (inputs: readonly unknown[], bytes: Buffer, length?: string) => {
      const json = Buffer.from(JSON.stringify({ inputs }));
      return infer(Buffer.concat([json, bytes]), {
        'content-type': 'application/octet-stream',
        'inference-header-content-length': length ?? String(json.length),
      });
    };
    const input = (datatype: string, bytes: number) => ({
      name: 'age',
      datatype,
      shape: [1],
      parameters: { binary_data_size: bytes },
    });
    const long = Buffer.alloc(8, 0xff);
    expect((await send([input('FP64', 4), input('FP64', 4)], long)).json.error).toContain(
      '4 bytes are no whole FP64',
    );
    expect((await send([input('FP64', 8)], Buffer.alloc(9))).json.error).toContain(
      '8 bytes behind the JSON, and 9 came',
    );
    expect((await send([input('BYTES', 8)], long)).json.error).toContain('a text among the BYTES is cut off');
    expect((await send([input('BYTES', 8)], Buffer.alloc(8))).json.error).toContain(
      "tensor 'age' has 2 elements",
    );
    expect((await send([input('FP64', 8)], long, '9999')).json.error).toContain('is a number from 0 to');
  });
});

describe("MLflow's scoring protocol", () => {
  const columns = Object.keys(applicant);
  const values = Object.values(applicant);
  const invoke = (body: unknown, headers = {}) => shared.post('/invocations', body, headers);

  test('answers to each form of its body alike', async () => {
    const csv = `,${columns}\n0,${values}\n`;
    const forms: readonly (readonly [unknown, object])[] = [
      [{ dataframe_split: { index: [0], columns, data: [values] } }, {}],
      [{ dataframe_records: [{ ...applicant, defaulted: 1 }], params: null }, {}],
      [{ instances: [values] }, {}],
      [{ instances: [applicant] }, {}],
      [{ inputs: [values] }, {}],
      [{ inputs: Object.fromEntries(columns.map((name, place) => [name, [values[place]]])) }, {}],
      [{ inputs: Object.fromEntries(columns.map((name, place) => [name, [[values[place]]]])) }, {}],
      [csv, { 'content-type': 'text/csv; charset=utf-8' }],
    ];
    for (const [body, headers] of forms) {
      const { status, json } = await invoke(body, headers);
      expect([body, status, json]).toEqual([
        body,
        200,
        {
          predictions: [expect.any(Number)],
          probabilities: [probability],
          prediction_ids: [expect.any(String)],
          model_versions: ['1'],
        },
      ]);
      expect((await shared.get(`/predictions/${json.prediction_ids[0]}`)).status).toBe(200);
    }
  });

  test('takes what Python and pandas write of a missing value', async () => {
    const { json: plain } = await shared.post('/predict', { ...applicant, monthly_income: null });
    const asNaN = JSON.stringify({ dataframe_records: [applicant] }).replace('5839', 'NaN');
    expect((await invoke(asNaN)).json.probabilities).toEqual([plain.probability]);
    const csv = `${columns}\n${values}\n`.replace('5839', '');
    expect((await invoke(csv, { 'content-type': 'text/csv' })).json.probabilities).toEqual([
      plain.probability,
    ]);
    const quoted = '{"dataframe_records": [{"age": "\\"NaN", "monthly_income": NaN}]}';
    expect((await invoke(quoted)).json.message).toContain('got the text "\\"NaN"');
  });

  test('names what is wrong as MLflow does, and nothing is stored', async () => {
    const before = count();
    const { age: _, ...rest } = applicant;
    const wrong: readonly (readonly [unknown, object, number, string])[] = [
      [{ dataframe_records: [rest] }, {}, 422, "the feature 'age' is missing"],
      [{ instances: [[1]] }, {}, 400, 'instances: a row is a list of 7 values: age,'],
      [{ inputs: { age: [1], debt_ratio: [1, 2] } }, {}, 400, 'the lists are of different lengths'],
      [{ instances: [], inputs: [] }, {}, 400, 'exactly one of dataframe_split'],
      [[applicant], {}, 400, 'expected an object'],
      ['a,b\n1\n', { 'content-type': 'text/csv' }, 422, 'line 2: 1 cells where the header has 2'],
      ['a', { 'content-type': 'application/x-parquet' }, 415, 'send application/json or text/csv'],
    ];
    for (const [body, headers, status, message] of wrong)
      expect(await invoke(body, headers)).toMatchObject({
        status,
        json: { error_code: 'BAD_REQUEST', message: expect.stringContaining(message) },
      });
    expect(count()).toBe(before);
  });

  test('answers whether it is there', async () => {
    expect((await shared.get('/ping')).status).toBe(200);
    expect((await shared.get('/version')).json).toMatch(/^\d+\.\d+\.\d+/);
  });
});

test('each protocol has its own form for a request without a key', async () => {
  const sha256 = 'a'.repeat(64);
  const keys = `[{ name: shop, sha256: ${sha256}, scopes: [predict] }]`;
  const { post, get } = await serve(copyWith(workspace, { keys }));
  const v2 = await post('/v2/models/small/infer', { inputs: named(applicant) });
  expect([v2.status, Object.keys(v2.json)]).toEqual([401, ['error']]);
  const mlflow = await post('/invocations', { instances: [applicant] });
  expect([mlflow.status, mlflow.json.error_code]).toEqual([401, 'UNAUTHENTICATED']);
  expect((await get('/v2/health/ready')).status).toBe(200);
});
