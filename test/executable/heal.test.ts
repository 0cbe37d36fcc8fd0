import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, test } from 'vitest';
import { gateLookDefinition } from '../../src/data/results/gate.ts';
import { allLabelled, calm, copyOf, loopWorkspace, runAt, shifted, start } from './loop-workspace.ts';

let original: string;
beforeAll(async () => {
  original = await loopWorkspace();
  const file = join(original, 'mlops.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('lookback: 24h', 'lookback: 7d'));
});

const stages = async (workspace: string) =>
  (await runAt(workspace, shifted, 'models')).json.versions.map((each: { stage: string }) => each.stage);
const states = (json: { steps: readonly { state: string }[] }) => json.steps.map((each) => each.state);

/** Makes the gate pass whatever it is shown, so that what follows it can be tested. */
function lenientGate(workspace: string): void {
  const file = join(workspace, 'mlops.yaml');
  const overrides =
    '{ minimum_rows: 1, minimum_coverage: 0, minimum_days: 0, minimum_f1_improvement: -1, maximum_brier_degradation: 1, maximum_segment_loss: null, maximum_false_promotion: null }';
  writeFileSync(file, readFileSync(file, 'utf8').replace('overrides: {}', `overrides: ${overrides}`));
}

describe('train --from-store', () => {
  test('learns from labelled predictions in order of time, the older training rows before them', async () => {
    const workspace = copyOf(original);
    const { json } = await runAt(workspace, allLabelled, 'train', '--from-store');
    const labelled = 5617;
    expect(json).toMatchObject({ version: '2', status: 'registered' });
    expect(json.rows.train + json.rows.validation).toBe(labelled + 3000);
    expect(json.rows.validation).toBe(labelled - Math.floor(labelled * 0.7));
  });

  test('sees only labels that were known at the time', async () => {
    const { json } = await runAt(copyOf(original), calm, 'train', '--from-store');
    expect(json.rows.validation).toBeLessThan(800);
  });

  test('the same rows and seed give the same bytes', async () => {
    const shas = await Promise.all(
      [copyOf(original), copyOf(original)].map(
        async (workspace) => (await runAt(workspace, shifted, 'train', '--from-store')).json.artifact.sha256,
      ),
    );
    expect(shas[0]).toBe(shas[1]);
  });

  test('without a label there is nothing to learn from, and no version comes of it', async () => {
    const workspace = copyOf(original);
    const { code, json } = await runAt(workspace, start, 'train', '--from-store');
    expect(code).toBe(65);
    expect(json.error).toBe('no prediction has a label');
    expect(await stages(workspace)).toEqual(['Production']);
  });
});

describe('gate', () => {
  test('without a champion it asks absolute floors on the rows that validated the model', async () => {
    const workspace = copyOf(original);
    const store = new Database(join(workspace, '.mlops', 'store.db'));
    store.exec(
      "UPDATE model_version SET stage = 'Staging'; DELETE FROM label; DELETE FROM stage_change WHERE to_stage = 'Production'",
    );
    store.close();
    const { code, json } = await runAt(workspace, start, 'gate');
    expect(code).toBe(0);
    expect(json).toMatchObject({ decision: 'promote', champion: null, challenger: '1', rows: 900 });
  });

  test('asks seven criteria of a challenger, on rows that neither model learned from, and stores the decision', async () => {
    const workspace = copyOf(original);
    await runAt(workspace, shifted, 'train', '--from-store');
    const { code, json } = await runAt(workspace, allLabelled, 'gate');
    expect(json.criteria.map((each: { name: string }) => each.name)).toEqual([
      'labelled_rows',
      'label_coverage',
      'days_since_promotion',
      'f1_improvement',
      'brier_degradation',
      'segment_f1',
      'improvement_evidence',
    ]);
    expect(code).toBe(json.decision === 'promote' ? 0 : 1);
    expect(json.notes[0]).toMatch(
      /^scored on \d+ labelled predictions since 2026-.*, from which neither model learned$/,
    );
    const schema = join(import.meta.dirname, '..', '..', 'schemas', 'gate.schema.json');
    const validate = new Ajv2020().compile(JSON.parse(readFileSync(schema, 'utf8')));
    expect(validate(json), JSON.stringify(validate.errors)).toBe(true);
    const store = new Database(join(workspace, '.mlops', 'store.db'), { readonly: true });
    expect(store.prepare('SELECT decision, champion, challenger FROM gate_decision').all()).toEqual([
      { decision: json.decision, champion: 1, challenger: 2 },
    ]);
    store.close();
  });

  test('--look stores nothing; a challenger spends its share of the error once, however often the gate decides', async () => {
    const workspace = copyOf(original);
    await runAt(workspace, shifted, 'train', '--from-store');
    const before = await runAt(workspace, shifted, 'gate', '--look');
    expect(before.code).toBe(before.json.enough ? 0 : 1);
    expect(gateLookDefinition.parse(before.json)).toMatchObject({
      ...{ champion: '1', challenger: '2', challenger_number: 1, required: 0.05 },
      ...{ error_spent: 0, error_after: 0.025, challengers: [] },
    });
    await runAt(workspace, shifted, 'gate');
    await runAt(workspace, allLabelled, 'gate');
    const { json } = await runAt(workspace, allLabelled, 'gate', '--look');
    expect(json).toMatchObject({ error_spent: 0.025, error_after: 0.025, challenger_number: 1 });
    expect(json.challengers).toMatchObject([
      { challenger: '2', looks: 2, first_at: '2026-09-28T00:00:00.000Z' },
    ]);
    expect(json.rows).toBeGreaterThan(before.json.rows);
    await runAt(workspace, allLabelled, 'train', '--from-store');
    expect((await runAt(workspace, allLabelled, 'gate', '--look')).json).toMatchObject({
      ...{ challenger: '3', challenger_number: 2, error_spent: 0.025, counted: true },
      error_after: expect.closeTo(0.05 * (2 / 3), 12),
    });
  });

  test('rows that a model without times learned from are left out, also when they came from the store', async () => {
    const workspace = copyOf(original);
    await runAt(workspace, shifted, 'export', 'all', '--to', join(workspace, 'out'));
    const rows = readFileSync(join(workspace, 'out', 'predictions.csv'), 'utf8')
      .trim()
      .split('\n');
    const labels = readFileSync(join(workspace, 'out', 'labels.csv'), 'utf8')
      .trim()
      .split('\n');
    const known = new Map(labels.map((line) => [line.split(',')[0], line.split(',')[1]]));
    const header = (rows[0] ?? '').split(',');
    const features = header.slice(header.indexOf('age'));
    const learned = rows.slice(1).flatMap((line) => {
      const cells = line.split(',');
      const label = known.get(cells[0]);
      return label === undefined ? [] : [`${label},${cells.slice(header.indexOf('age')).join(',')}`];
    });
    const file = join(workspace, 'learned.csv');
    writeFileSync(file, `defaulted,${features.join(',')}\n${learned.join('\n')}\n`);
    await runAt(workspace, shifted, 'train', '--data', file);
    const { json } = await runAt(workspace, shifted, 'gate');
    expect(json.rows).toBe(0);
    expect(json.decision).toBe('reject');
    expect(json.notes.join()).toContain(`${learned.length} rows that version 2 learned from were left out`);
  });

  test('of a model made elsewhere only predictions after its registration count, unless it says what it learned from', async () => {
    const workspace = copyOf(original);
    const artifacts = join(workspace, '.mlops', 'artifacts');
    const model = join(artifacts, readdirSync(artifacts).find((name) => name.endsWith('.onnx')) ?? '');
    await runAt(workspace, shifted, 'model', 'register', model);
    const unknown = await runAt(workspace, shifted, 'gate');
    expect(unknown.json.rows).toBe(0);
    expect(unknown.json.notes.join()).toContain('does not say what it learned from');
    await runAt(workspace, shifted, 'model', 'register', model, '--learned-until', start);
    expect((await runAt(workspace, shifted, 'gate')).json.rows).toBeGreaterThan(4000);
  });

  test('a damaged champion ends it before any decision', async () => {
    const workspace = copyOf(original);
    await runAt(workspace, shifted, 'train', '--from-store');
    const { sha256 } = (await runAt(workspace, shifted, 'models')).json.versions[0];
    writeFileSync(join(workspace, '.mlops', 'artifacts', `${sha256}.onnx`), 'damaged');
    const { code, json } = await runAt(workspace, shifted, 'gate');
    expect(code).toBe(65);
    expect(json.error).toContain('is damaged');
    const store = new Database(join(workspace, '.mlops', 'store.db'), { readonly: true });
    expect(store.prepare('SELECT count(*) AS n FROM gate_decision').get()).toEqual({ n: 0 });
    store.close();
  });

  test('without a challenger it says what to do', async () => {
    const { code, json } = await runAt(copyOf(original), shifted, 'gate');
    expect(code).toBe(69);
    expect(json.try).toContain('mlops train --from-store');
  });
});

describe('heal', () => {
  test('a calm week is healthy, and nothing is trained', async () => {
    const workspace = copyOf(original);
    const { code, json } = await runAt(workspace, calm, 'heal', '--mode', 'act');
    expect(code).toBe(0);
    expect(json).toMatchObject({ outcome: 'healthy', state: 'done', resumed: false });
    expect(states(json)).toEqual(['monitor', 'triage']);
    expect(await stages(workspace)).toEqual(['Production']);
  });

  test('observe looks and changes nothing', async () => {
    const workspace = copyOf(original);
    const { code, json } = await runAt(workspace, shifted, 'heal', '--mode', 'observe');
    expect(code).toBe(1);
    expect(json.outcome).toBe('observed');
    expect(json.steps[1].summary).toMatch(/^genuine_drift: /);
    expect(await stages(workspace)).toEqual(['Production']);
  });

  test('suggest trains and asks the gate, and leaves the promotion to a person', async () => {
    const workspace = copyOf(original);
    lenientGate(workspace);
    const { code, json } = await runAt(workspace, shifted, 'heal');
    expect(code).toBe(1);
    expect(states(json)).toEqual(['monitor', 'triage', 'train', 'gate']);
    expect(json).toMatchObject({ outcome: 'suggested', next: expect.stringContaining('mlops promote 2') });
    expect(await stages(workspace)).toEqual(['Production', 'Staging']);
  });

  test('act promotes what the gate passed', async () => {
    const workspace = copyOf(original);
    lenientGate(workspace);
    const { code, json } = await runAt(workspace, shifted, 'heal', '--mode', 'act');
    expect(code).toBe(0);
    expect(states(json)).toEqual(['monitor', 'triage', 'train', 'gate', 'promote']);
    expect(json.outcome).toBe('promoted');
    expect(await stages(workspace)).toEqual(['Archived', 'Production']);
    const schema = join(import.meta.dirname, '..', '..', 'schemas', 'heal.schema.json');
    const validate = new Ajv2020().compile(JSON.parse(readFileSync(schema, 'utf8')));
    expect(validate(json), JSON.stringify(validate.errors)).toBe(true);
  });

  test('a rejection keeps the champion, and another run without new labels trains nothing', async () => {
    const workspace = copyOf(original);
    const file = join(workspace, 'mlops.yaml');
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace('overrides: {}', 'overrides: { minimum_f1_improvement: 9 }'),
    );
    const first = await runAt(workspace, shifted, 'heal', '--mode', 'act');
    expect(first.code).toBe(0);
    expect(first.json.outcome).toBe('rejected');
    const second = await runAt(workspace, shifted, 'heal', '--mode', 'act');
    expect(second.json.outcome).toBe('inconclusive');
    expect(await stages(workspace)).toEqual(['Production', 'Staging']);
  });

  test('a challenger that lacks only evidence waits: it is looked at again with new labels, and none is trained beside it', async () => {
    const workspace = copyOf(original);
    const first = await runAt(workspace, '2026-09-14T00:00:00Z', 'heal', '--mode', 'act');
    expect(first.json.outcome).toBe('rejected');
    expect(first.json.steps.at(-1).summary).toMatch(
      /^version 2 was rejected: Not enough evidence that version 2 is better/,
    );
    const again = await runAt(workspace, '2026-09-14T00:00:00Z', 'heal', '--mode', 'act');
    expect(again.json.steps.at(-1).summary).toContain('no label has come since the gate looked at version 2');
    const second = await runAt(workspace, '2026-09-21T00:00:00Z', 'heal', '--mode', 'act');
    expect(second.json.steps[2].summary).toMatch(
      /^version 2 waits for evidence, and \d+ labels have come: it is looked at again, none is trained$/,
    );
    expect(second.json.outcome).toBe('promoted');
    expect(await stages(workspace)).toEqual(['Archived', 'Production']);
  });

  test('a fault of the data opens one incident as long as it goes on, and is not retrained on', async () => {
    const workspace = copyOf(original);
    const store = new Database(join(workspace, '.mlops', 'store.db'));
    store.exec('UPDATE prediction SET monthly_income = monthly_income * 1000');
    const { code, json } = await runAt(workspace, shifted, 'heal', '--mode', 'act');
    expect(code).toBe(1);
    expect(json.outcome).toBe('data_issue');
    expect(json.next).toContain('Data Science Lead');
    expect(store.prepare('SELECT contact, heal_run FROM incident').all()).toEqual([
      { contact: 'Data Science Lead', heal_run: 1 },
    ]);
    await runAt(workspace, shifted, 'heal', '--mode', 'act');
    const incidents = store.prepare<[], { evidence: string }>('SELECT evidence FROM incident').all();
    expect(incidents).toHaveLength(1);
    expect(incidents[0]?.evidence).toContain('heal run 2, 2026-09-28T00:00:00.000Z: data_issue');
    store.close();
  });

  test('a model that got worse is retrained although its features did not move', async () => {
    const workspace = copyOf(original);
    lenientGate(workspace);
    const store = new Database(join(workspace, '.mlops', 'store.db'));
    store.exec(
      "UPDATE prediction SET model_version = '1', probability = 0.9, outcome = 1; UPDATE label SET true_label = 1 - true_label WHERE rowid % 3 = 0",
    );
    store.close();
    const { json } = await runAt(workspace, calm, 'heal', '--mode', 'act');
    expect(json.steps[1].summary).toContain('performance WARNING');
    expect(states(json)).toContain('train');
  });

  test('is not called healthy while no prediction comes in', async () => {
    const workspace = copyOf(original);
    const file = join(workspace, 'mlops.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('retrain_after: 30d', 'retrain_after: 900d'));
    const store = new Database(join(workspace, '.mlops', 'store.db'));
    const day = Date.parse(calm) - 86_400_000;
    store
      .prepare(
        'DELETE FROM label WHERE prediction_id IN (SELECT prediction_id FROM prediction WHERE predicted_at > ?)',
      )
      .run(day);
    store.prepare('DELETE FROM prediction WHERE predicted_at > ?').run(day);
    store.close();
    const { code, json } = await runAt(workspace, calm, 'heal', '--mode', 'act');
    expect(json.outcome).toBe('attention');
    expect(code).toBe(1);
    expect(json.steps[1].summary).toContain('volume CRITICAL');
  });

  test('too few labels are waited for, with how many more are needed', async () => {
    const workspace = copyOf(original);
    const file = join(workspace, 'mlops.yaml');
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace('minimum_labelled_rows: 200', 'minimum_labelled_rows: 9000'),
    );
    const { code, json } = await runAt(workspace, shifted, 'heal', '--mode', 'act');
    expect(code).toBe(3);
    expect(json.outcome).toBe('inconclusive');
    expect(json.steps.at(-1).summary).toMatch(/\d+ more are needed to retrain$/);
  });

  test('an error ends the run as failed and promotes nothing; the next run begins anew', async () => {
    const workspace = copyOf(original);
    lenientGate(workspace);
    const artifacts = join(workspace, '.mlops', 'artifacts');
    const champion = readdirSync(artifacts).find((name) => name.endsWith('.onnx')) ?? '';
    const content = readFileSync(join(artifacts, champion));
    writeFileSync(join(artifacts, champion), 'damaged');
    const failed = await runAt(workspace, shifted, 'heal', '--mode', 'act');
    expect(failed.code).toBe(65);
    expect(failed.json.error).toContain('is damaged');
    const store = new Database(join(workspace, '.mlops', 'store.db'), { readonly: true });
    expect(store.prepare('SELECT state, outcome FROM heal_run').all()).toEqual([
      { state: 'done', outcome: 'failed' },
    ]);
    store.close();
    expect((await stages(workspace))[0]).toBe('Production');
    writeFileSync(join(artifacts, champion), content);
    expect((await runAt(workspace, shifted, 'heal', '--mode', 'observe')).json).toMatchObject({
      run_id: '2',
      resumed: false,
    });
  });

  test('of two at once one is told to try again', async () => {
    const workspace = copyOf(original);
    const codes = await Promise.all([1, 2, 3].map(async () => (await runAt(workspace, calm, 'heal')).code));
    expect(codes.filter((code) => code === 0).length).toBeGreaterThanOrEqual(1);
    for (const code of codes) expect([0, 75]).toContain(code);
    expect((await runAt(workspace, calm, 'verify')).json.status).toBe('OK');
  });
});
