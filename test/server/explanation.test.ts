import { afterAll, beforeAll, expect, test } from 'vitest';
import { runMlops } from '../executable/run-mlops.ts';
import { applicant, copyWith, type Serving, servingWorkspace, start } from './serving.ts';

let shared: Serving;
beforeAll(async () => {
  shared = await start(copyWith(await servingWorkspace()));
});
afterAll(() => shared.stop('SIGKILL'));

test('a prediction is explained as mlops predictions explain does, by any version', async () => {
  const { post, get, workspace } = shared;
  const { prediction_id: id, probability } = (await post('/predict', applicant)).json;
  const explained = await get(`/predictions/${id}/explanation`);
  expect([explained.status, explained.json.probability]).toEqual([200, expect.closeTo(probability, 5)]);
  const command = await runMlops(['-C', workspace, '--json', 'predictions', 'explain', id, '--version', '2']);
  const [other, again] = await Promise.all([
    get(`/predictions/${id}/explanation?version=2`),
    get(`/predictions/${id}/explanation`),
  ]);
  expect(other.json).toEqual(JSON.parse(command.stdout));
  expect(again.json).toEqual(explained.json);
});

test('what is not there is named, and nobody waits for longer than they say', async () => {
  const { post, get } = shared;
  await post('/predict', { ...applicant, prediction_id: 'known' });
  expect(await get('/predictions/nobody/explanation')).toMatchObject({
    status: 404,
    json: { detail: expect.stringContaining("there is no prediction 'nobody'") },
  });
  expect((await get('/predictions/known/explanation?version=9')).status).toBe(404);
  const hurried = await get('/predictions/known/explanation', { 'request-timeout': '0.001' });
  expect([hurried.status, hurried.json.detail]).toEqual([504, 'the explanation took longer than it may']);
  const many = await Promise.all(Array.from({ length: 12 }, () => get('/predictions/known/explanation')));
  expect(new Set(many.map(({ status }) => status))).toEqual(new Set([200, 503]));
});
