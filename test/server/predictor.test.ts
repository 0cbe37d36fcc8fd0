import { beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../src/platform/clock.ts';
import { requireVersion } from '../../src/registry/index.ts';
import { type LiveModel, loadModel } from '../../src/server/champion/live-model.ts';
import { readAsked } from '../../src/server/predicting/asked-row.ts';
import { predictor } from '../../src/server/predicting/predictor.ts';
import { recorder } from '../../src/server/predicting/recorder.ts';
import type { LoggedBatch } from '../../src/server/store-thread/append-rows.ts';
import { openStore } from '../../src/store/index.ts';
import { openWorkspace } from '../../src/workspace/index.ts';
import { applicant, servingWorkspace } from './serving.ts';

let folder = '';
beforeAll(async () => {
  folder = await servingWorkspace();
});

function load(version: string): Promise<LiveModel> {
  const workspace = openWorkspace(folder);
  using store = openStore(workspace.paths.store, { create: false });
  return loadModel(workspace, requireVersion(store, version));
}

/** A predictor whose commits end when `commit` is called, and the sizes of what was scored and committed together. */
function held() {
  const commits: (() => void)[] = [];
  const scored: number[] = [];
  const appended: number[] = [];
  const append = (batches: readonly LoggedBatch[]) => {
    appended.push(batches.reduce((sum, { ids }) => sum + ids.length, 0));
    return new Promise<{ known: []; spilled: number; failure: null }>((resolve) =>
      commits.push(() => resolve({ known: [], spilled: 0, failure: null })),
    );
  };
  const { predict } = predictor({
    recorder: recorder({ append, bufferRows: () => 10, lost: () => undefined }),
    durability: () => 'commit',
    queueRows: () => 8,
    clock: systemClock,
    scored: ({ ids }) => scored.push(ids.length),
  });
  const ask = (model: LiveModel) =>
    predict({ model, rows: [readAsked(model, applicant, '', [])], ownIds: false, deadline: Infinity });
  return { ask, commits, scored, appended };
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

/** Ends every commit as it comes, until all of them are answered. */
async function answered<T>(commits: (() => void)[], asked: readonly Promise<T>[]): Promise<readonly T[]> {
  let done = false;
  const all = Promise.all(asked).finally(() => {
    done = true;
  });
  while (!done) {
    commits.shift()?.();
    await nextTurn();
  }
  return all;
}

test('rows that come together are scored and committed together, and wait for their commit', async () => {
  const model = await load('1');
  const { ask, commits, scored, appended } = held();
  const together = [ask(model), ask(model), ask(model)];
  while (commits.length === 0) await nextTurn();
  const meanwhile = [ask(model), ask(model)];
  while (scored.length < 2) await nextTurn();
  expect([scored, appended]).toEqual([[3, 2], [3]]);
  const first = await answered(commits, together);
  expect(first.map(([answer]) => answer?.model_version)).toEqual(['1', '1', '1']);
  await answered(commits, meanwhile);
  expect(appended).toEqual([3, 2]);
});

test('rows that wait keep their model open when another one takes its place', async () => {
  const [first, second] = [await load('1'), await load('2')];
  const { ask, commits } = held();
  const waiting = [ask(first), ask(second), ask(first)];
  first.retire();
  const versions = (await answered(commits, waiting)).map(([answer]) => answer?.model_version);
  expect(versions).toEqual(['1', '2', '1']);
  await expect(first.score(new Float64Array(7), 1)).rejects.toThrow('cannot be run');
});

test('no more rows wait than are allowed', async () => {
  const model = await load('1');
  const { ask, commits } = held();
  const waiting = Array.from({ length: 8 }, () => ask(model));
  expect(() => ask(model)).toThrow('too many predictions wait already');
  await answered(commits, waiting);
  expect(await answered(commits, [ask(model)])).toHaveLength(1);
});
