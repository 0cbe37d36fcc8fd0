import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { runMlops } from '../executable/run-mlops.ts';
import { applicant, copyWith, serve, servingWorkspace, stored } from './serving.ts';

let workspace = '';
beforeAll(async () => {
  workspace = await servingWorkspace();
});

test('labels over HTTP are held to the rules of labels add, and the audit knows them', async () => {
  const { post, workspace: folder } = await serve(copyWith(workspace, { durability: 'async' }));
  for (const prediction_id of ['a', 'b', 'c']) await post('/predict', { ...applicant, prediction_id });
  const { json: quick } = await post('/predict', applicant);
  const one = await post('/labels', { prediction_id: quick.prediction_id, true_label: 1 });
  expect(one.json).toMatchObject({ read: 1, added: 1, rejected: 0 });

  const later = new Date(Date.now() + 3_600_000).toISOString();
  const rows = [
    { prediction_id: 'a', true_label: 1, label_source: 'collections' },
    { prediction_id: 'b', true_label: 2 },
    { prediction_id: 'nobody', true_label: 1 },
    { prediction_id: 'c', true_label: 0, label_timestamp: later },
    { prediction_id: 'c', true_label: 0, label_timestamp: '2020-01-01T00:00:00Z' },
    'c',
  ];
  const { status, json } = await post('/labels', { labels: rows });
  expect(status).toBe(200);
  expect(json).toMatchObject({ read: 6, added: 1, corrected: 0, unchanged: 0, rejected: 5, unmatched: 2 });
  expect(json.rejects.map(({ row, reason }: { row: number; reason: string }) => [row, reason])).toEqual([
    [2, 'true_label is not 0 or 1'],
    [3, 'no prediction has this id'],
    [4, 'label_timestamp lies in the future'],
    [5, 'label_timestamp lies before the prediction'],
    [6, 'prediction_id is missing'],
  ]);
  const corrected = await post('/labels', [{ prediction_id: 'a', true_label: 0 }]);
  expect(corrected.json).toMatchObject({ corrected: 1 });
  const none = await post('/labels', [{ prediction_id: 'nobody', true_label: 1 }]);
  expect([none.status, none.json.errors]).toEqual([
    422,
    [{ pointer: '/0', detail: 'no prediction has this id' }],
  ]);

  const file = join(folder, 'labels.csv');
  const header = 'prediction_id,true_label,label_timestamp,label_source';
  writeFileSync(
    file,
    `${header}\na,0,${new Date().toISOString()},collections\nb,1,${new Date().toISOString()},x\n`,
  );
  const added = await runMlops(['-C', folder, '--json', 'labels', 'add', file]);
  expect(JSON.parse(added.stdout)).toMatchObject({ added: 1, corrected: 1 });
  expect(stored(folder, "SELECT command FROM event WHERE command LIKE '%labels%' ORDER BY seq")).toEqual([
    { command: 'POST /labels' },
    { command: 'POST /labels' },
    { command: 'POST /labels' },
    { command: 'labels add' },
  ]);
  expect((await runMlops(['-C', folder, 'verify'])).code).toBe(0);
});
