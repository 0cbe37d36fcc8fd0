// A server that is killed under load has lost nothing that it answered. MLOPS_SERVE_KILLS=50 kills it so often.
import { beforeAll, expect, test } from 'vitest';
import { applicant, copyWith, type Serving, serve, servingWorkspace, stored } from '../server/serving.ts';

const kills = Number(process.env.MLOPS_SERVE_KILLS ?? 2);
const clients = 8;

let workspace = '';
beforeAll(async () => {
  workspace = await servingWorkspace();
});

/** Asks for one prediction after the other until the server is gone; every answer is noted, and every id that was asked for. */
async function askOn(
  { post }: Serving,
  name: string,
  answers: Map<string, object>,
  asked: Set<string>,
): Promise<void> {
  for (let number = 0; ; number++) {
    const prediction_id = `${name}-${number}`;
    asked.add(prediction_id);
    try {
      const { status, json } = await post('/predict', {
        ...applicant,
        age: 20 + (number % 60),
        prediction_id,
      });
      if (status !== 200) throw new Error(`it answered ${status}: ${JSON.stringify(json)}`);
      answers.set(prediction_id, json);
    } catch (error) {
      if (error instanceof TypeError) return;
      throw error;
    }
  }
}

test('every prediction that was answered before a kill is in the store, once and as it was answered', async () => {
  const folder = copyWith(workspace);
  const answers = new Map<string, object>();
  const asked = new Set<string>();
  for (let kill = 0; kill < kills; kill++) {
    const serving = await serve(folder);
    const before = answers.size;
    const load = Array.from({ length: clients }, (_, client) =>
      askOn(serving, `kill-${kill}-client-${client}`, answers, asked),
    );
    // Each kill comes at another moment of the load.
    while (answers.size < before + 20 + 13 * kill) await new Promise((resolve) => setImmediate(resolve));
    await serving.stop('SIGKILL');
    await Promise.all(load);
  }
  const rows = new Map(
    stored(folder, 'SELECT prediction_id, probability, outcome, model_version FROM prediction').map((row) => [
      String(row.prediction_id),
      row,
    ]),
  );
  const lost = [...answers].filter(([id, answer]) => {
    const row = rows.get(id);
    return row === undefined || JSON.stringify({ ...answer, ...row }) !== JSON.stringify(answer);
  });
  expect(lost).toEqual([]);
  const unanswered = [...rows.keys()].filter((id) => !answers.has(id));
  expect(unanswered.filter((id) => !asked.has(id))).toEqual([]);
  expect(unanswered.length).toBeLessThanOrEqual(kills * clients);

  const { post } = await serve(folder);
  for (const id of [...unanswered, ...[...answers.keys()].slice(-3)]) {
    const number = Number(id.split('-').at(-1));
    const { json } = await post('/predict', { ...applicant, age: 20 + (number % 60), prediction_id: id });
    expect(json).toMatchObject({ ...rows.get(id), ...answers.get(id) });
  }
  expect(stored(folder, 'SELECT count(*) AS rows FROM prediction')).toEqual([{ rows: rows.size }]);
}, 600_000);
