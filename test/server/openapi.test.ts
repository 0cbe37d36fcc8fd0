import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { applicant, copyWith, type Serving, servingWorkspace, start } from './serving.ts';

let shared: Serving;
beforeAll(async () => {
  shared = await start(copyWith(await servingWorkspace()));
});
afterAll(() => shared.stop('SIGKILL'));

const ajv = new Ajv2020({ strict: false, validateFormats: false });

test('/openapi.json describes every address, and what is asked and answered is as it says', async () => {
  const { get, post } = shared;
  const document = (await get('/openapi.json')).json;
  expect(await new Validator().validate(document)).toEqual({ valid: true });
  expect(document.openapi).toBe('3.1.1');
  const listed = (await get('/')).json.addresses.map(
    ({ method, path }: { method: string; path: string }) => `${method} ${path}`,
  );
  const described = Object.entries<object>(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(described.toSorted()).toEqual(listed.toSorted());

  const problem = ajv.compile(document.components.schemas.Problem);
  const held = async (path: string, body?: unknown, address = path) => {
    const operation = document.paths[path][body === undefined ? 'get' : 'post'];
    if (body !== undefined) {
      const asked = ajv.compile(operation.requestBody.content['application/json'].schema);
      expect([path, asked(body), asked.errors]).toEqual([path, true, null]);
    }
    const { status, json } = await (body === undefined ? get(address) : post(address, body));
    const answered = ajv.compile(operation.responses[200].content['application/json'].schema);
    expect([path, status, answered(json), answered.errors]).toEqual([path, 200, true, null]);
    return json;
  };
  const { prediction_id } = await held('/predict', { ...applicant, age: 17, prediction_id: 'a' });
  await held('/predict/batch', [applicant, { ...applicant, monthly_income: null }]);
  await held('/predict/batch', { rows: [applicant] });
  await held('/labels', { prediction_id, true_label: 1 });
  await held('/invocations', { dataframe_records: [applicant] });
  await held('/predictions/{id}', undefined, `/predictions/${prediction_id}`);
  for (const path of ['/health', '/model/info', '/monitoring/stats']) await held(path);
  for (const { json } of [await post('/predict', {}), await get('/predictions/nobody')])
    expect([problem(json), problem.errors]).toEqual([true, null]);
  const row = ajv.compile(document.paths['/predict'].post.requestBody.content['application/json'].schema);
  expect([row({ ...applicant, age: null }), row({ ...applicant, more: 1 }), row({})]).toEqual([
    false,
    false,
    false,
  ]);
});

test('/docs shows addresses and features without fetching anything', async () => {
  const { headers, json: html } = await shared.get('/docs');
  expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
  for (const text of ['POST /predict', '/v2/models/{name}/infer', 'monthly_income', '18 to 120'])
    expect(html).toContain(text);
  expect(html).toContain("default-src 'none'");
  expect(html).not.toMatch(/<script|https?:\/\//);
});
