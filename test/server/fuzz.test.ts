import { afterAll, beforeAll, expect, test } from 'vitest';
import { randomFrom } from '../../src/training/random.ts';
import { applicant, copyWith, type Serving, servingWorkspace, start, stored } from './serving.ts';

/** MLOPS_SERVE_FUZZ=100000 sends so many. */
const requests = Number(process.env.MLOPS_SERVE_FUZZ ?? 400);
const together = 20;

let shared: Serving;
beforeAll(async () => {
  shared = await start(copyWith(await servingWorkspace()));
});
afterAll(() => shared.stop('SIGKILL'));

const random = randomFrom(7);
const under = (limit: number) => Math.floor(random() * limit);
const pick = <T>(from: readonly [T, ...T[]]): T => from[under(from.length)] ?? from[0];

const good = JSON.stringify(applicant);
const oddValues = [
  '1e999',
  '-0',
  'NaN',
  '"44"',
  '9007199254740993',
  '[]',
  '{}',
  'true',
  '""',
  '1e-400',
  '0x10',
  '"\\ud800"',
] as const;
const paths = [
  '/predict',
  '/predict/batch',
  '/labels',
  '/invocations',
  '/v2/models/small/infer',
  '/nothing',
  '/%00',
  '//predict',
  '/predict/../labels',
] as const;

/** A good body with one thing done to it. */
function broken(): string | Uint8Array {
  const at = under(good.length);
  switch (under(8)) {
    case 0:
      return good.slice(0, at);
    case 1:
      return good.slice(0, at) + String.fromCodePoint(under(0x110000)) + good.slice(at);
    case 2:
      return good.replace(/5839|0\.0527|44/, pick(oddValues));
    case 3:
      return good.replace('{', `{"age": ${pick(oddValues)}, `);
    case 4:
      return `${'['.repeat(under(5000))}${good}`;
    case 5:
      return Buffer.from(good, pick(['utf16le', 'base64', 'hex']));
    case 6:
      return Buffer.from(good).map((byte, place) => (place === at ? under(256) : byte));
    default:
      return `[${good},`.repeat(under(20) + 1);
  }
}

test('whatever is sent, it is answered as documented, and good requests among it are answered right', async () => {
  const expected = (await shared.post('/predict', applicant)).json.probability;
  const statuses = new Set<number>();
  for (let sent = 0; sent < requests; sent += together) {
    const ask = async (number: number) => {
      if (number % 4 === 0) {
        const { status, json } = await shared.post('/predict', {
          ...applicant,
          prediction_id: `good-${sent + number}`,
        });
        expect([status, json.outcome]).toEqual([200, json.probability >= json.threshold ? 1 : 0]);
        expect(json.probability).toBeCloseTo(expected, 6);
        return;
      }
      const type = pick(['application/json', 'text/csv', 'application/octet-stream', 'multipart/form-data']);
      const length = under(5) === 0 ? { 'inference-header-content-length': String(under(400) - 100) } : {};
      const { status } = await shared.post(pick(paths), broken(), { 'content-type': type, ...length });
      statuses.add(status);
    };
    await Promise.all(Array.from({ length: together }, (_, number) => ask(number)));
  }
  expect([...statuses].filter((status) => ![200, 400, 404, 409, 413, 415, 422].includes(status))).toEqual([]);
  expect([...statuses]).toEqual(expect.arrayContaining([200, 400, 404, 415, 422]));
  const kept = stored(
    shared.workspace,
    "SELECT count(*) AS rows FROM prediction WHERE prediction_id LIKE 'good-%'",
  );
  expect(kept).toEqual([{ rows: requests / 4 }]);
}, 600_000);
