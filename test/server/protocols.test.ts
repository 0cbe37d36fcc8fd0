import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applicant, copyWith, type Serving, servingWorkspace, start, stored } from './serving.ts';

let shared: Serving;
let expected = 0;
beforeAll(async () => {
  shared = await start(copyWith(await servingWorkspace()));
  expected = (await shared.post('/predict', applicant)).json.probability;
});
afterAll(() => shared.stop('SIGKILL'));

const names = Object.keys(applicant);
const values = Object.values(applicant);

describe('the Open Inference Protocol V2', () => {
  test('names the server, the model and its tensors', async () => {
    const { get } = shared;
    expect((await get('/v2')).json).toMatchObject({ name: 'mlops', extensions: ['binary_tensor_data'] });
    expect((await get('/v2/health/ready')).json).toEqual({ ready: true });
    const { json } = await get('/v2/models/small/versions/1');
    expect(json).toMatchObject({ name: 'small', versions: ['1'], platform: 'onnxruntime_onnx' });
    expect(json.inputs.slice(0, 2)).toEqual([
      { name: 'age', datatype: 'INT64', shape: [-1] },
      { name: 'monthly_income', datatype: 'FP64', shape: [-1] },
    ]);
    expect((await get('/v2/models/small/ready')).json).toEqual({ name: 'small', ready: true });
    expect((await get('/v2/models/other')).json).toEqual({ error: 'the model here is small' });
    expect((await get('/v2/models/small/versions/2')).status).toBe(404);
  });

  test('infers from a tensor a feature, and keeps the rows', async () => {
    const inputs = names.map((name, place) => ({
      name,
      shape: [2, 1],
      datatype: 'FP64',
      data: [[values[place]], [values[place]]],
    }));
    const ids = { name: 'prediction_id', shape: [2], datatype: 'BYTES', data: ['v2-a', 'v2-b'] };
    const { status, json } = await shared.post('/v2/models/small/infer', {
      id: '7',
      inputs: [...inputs, ids],
    });
    expect(status).toBe(200);
    expect(json).toMatchObject({ model_name: 'small', model_version: '1', id: '7' });
    const [probability, , id] = json.outputs;
    expect(probability).toMatchObject({ name: 'probability', datatype: 'FP64', shape: [2] });
    for (const each of probability.data) expect(each).toBeCloseTo(expected, 6);
    expect(id.data).toEqual(['v2-a', 'v2-b']);
    const kept = stored(shared.workspace, "SELECT age FROM prediction WHERE prediction_id LIKE 'v2-%'");
    expect(kept).toEqual([{ age: 44 }, { age: 44 }]);
  });

  test('infers from one matrix as bytes, as clients of Triton send it, NaN for a missing value', async () => {
    const matrix = Float32Array.from([...values, ...values.with(1, Number.NaN)]);
    const bytes = new Uint8Array(matrix.buffer);
    const header = JSON.stringify({
      inputs: [
        { name: 'features', shape: [2, 7], datatype: 'FP32', parameters: { binary_data_size: bytes.length } },
      ],
      outputs: [{ name: 'probability', parameters: { binary_data: true } }],
    });
    const body = Buffer.concat([Buffer.from(header), bytes]);
    const { status, json } = await shared.post('/v2/models/small/infer', body, {
      'content-type': 'application/octet-stream',
      'inference-header-content-length': String(header.length),
    });
    expect([status, json.outputs.length]).toEqual([200, 1]);
    expect(json.outputs[0].data[0]).toBeCloseTo(expected, 6);
    expect(json.outputs[0].data).toHaveLength(2);
  });

  test.each([
    ['no inputs', { inputs: [] }, 'inputs'],
    [
      'a shape that is not the data’s',
      { inputs: [{ name: 'age', shape: [3], datatype: 'INT64', data: [1] }] },
      '1 elements',
    ],
    [
      'a feature alone',
      { inputs: [{ name: 'age', shape: [1], datatype: 'INT64', data: [44] }] },
      "'debt_ratio' is missing",
    ],
    [
      'an unknown output',
      { inputs: [{ name: 'age', shape: [1], datatype: 'INT64', data: [44] }], outputs: [{ name: 'x' }] },
      "no output 'x'",
    ],
  ])('refuses %s with {error}', async (_, body, why) => {
    const { status, json } = await shared.post('/v2/models/small/infer', body);
    expect([status, json.error]).toEqual([400, expect.stringContaining(why)]);
  });
});

describe("the addresses of MLflow's scoring server", () => {
  test('take every form of rows', async () => {
    const { post, get } = shared;
    const columns = Object.fromEntries(names.map((name, place) => [name, [values[place], values[place]]]));
    const bodies = [
      { dataframe_split: { columns: names.toReversed(), data: [values.toReversed(), values.toReversed()] } },
      { dataframe_records: [applicant, applicant] },
      { instances: [values, applicant] },
      { inputs: columns },
      { inputs: [values, values] },
    ];
    for (const body of bodies) {
      const { status, json } = await post('/invocations', body);
      expect([Object.keys(body), status]).toEqual([Object.keys(body), 200]);
      for (const { probability } of json.predictions) expect(probability).toBeCloseTo(expected, 6);
      expect(json.predictions).toHaveLength(2);
    }
    const python = `{"dataframe_records": [${JSON.stringify(applicant).replace('5839', 'NaN')}]}`;
    expect((await post('/invocations', python)).json.predictions).toHaveLength(1);
    const csv = await post('/invocations', `${names}\n${values}\n${values.with(1, 0)}`.replace(/,0,/, ',,'), {
      'content-type': 'text/csv',
    });
    expect([csv.status, csv.json.predictions.length]).toEqual([200, 2]);
    expect(csv.json.predictions[0].probability).toBeCloseTo(expected, 6);
    expect((await get('/ping')).status).toBe(200);
    expect((await get('/version')).json).toMatch(/^\d+\.\d+\.\d+$/);
  });

  test('refuse what is none of them, and rows that are not as the schema says', async () => {
    const { post } = shared;
    expect((await post('/invocations', { instances: [], inputs: [] })).status).toBe(400);
    expect((await post('/invocations', { instances: [[1, 2]] })).status).toBe(400);
    const wrong = await post('/invocations', {
      dataframe_records: [applicant, { ...applicant, age: 'old' }],
    });
    expect([wrong.status, wrong.json.errors[0].pointer]).toEqual([422, '/dataframe_records/1/age']);
  });
});
