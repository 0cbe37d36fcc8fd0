import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, test } from 'vitest';
import { gateReplayDefinition, gateSimulationDefinition } from '../../src/data/results/gate.ts';
import { allLabelled, copyOf, loopWorkspace, runAt } from './loop-workspace.ts';
import { runMlops } from './run-mlops.ts';

const later = '2026-11-20T00:00:00Z';
let judged = '';

beforeAll(async () => {
  judged = await loopWorkspace();
  await runAt(judged, '2026-10-01T00:00:00Z', 'train', '--from-store');
  await runAt(judged, allLabelled, 'gate');
});

async function replay(workspace: string) {
  const { code, json } = await runAt(workspace, later, 'gate', 'replay', '1');
  const result = gateReplayDefinition.parse(json);
  const statuses = Object.fromEntries(result.checks.map(({ name, status }) => [name, status]));
  return { code, result, statuses, again: JSON.stringify(json.result, null, 2) };
}

function change(workspace: string, sql: string): void {
  const database = new Database(join(workspace, '.mlops', 'store.db'));
  database.exec(sql);
  database.close();
}

const artifacts = (workspace: string) => join(workspace, '.mlops', 'artifacts');

describe('gate replay', () => {
  test('comes to the same bytes, whatever labels and configuration became since', async () => {
    const workspace = copyOf(judged);
    change(workspace, 'UPDATE label SET true_label = 1 - true_label');
    await runAt(workspace, later, 'gate', 'set', 'preset', 'conservative', '--reason', 'x');
    const { code, result, statuses, again } = await replay(workspace);
    expect([code, result.status]).toEqual([0, 'OK']);
    expect(statuses).toEqual({ audit: 'OK', rows: 'OK', scores: 'OK', result: 'OK' });
    const shown = await runMlops(['-C', workspace, '--json', 'gate', 'show', '1']);
    expect(`${again}\n`).toBe(shown.stdout);
    expect((await runAt(workspace, later, 'verify')).json.status).toBe('OK');
  });

  test('finds out a result, a basis and rows that were altered, and verify the latter two', async () => {
    const result = copyOf(judged);
    change(result, `UPDATE gate_decision SET result = replace(result, '"promote"', '"reject"')`);
    expect(await replay(result)).toMatchObject({ code: 2, statuses: { audit: 'OK', result: 'CRITICAL' } });
    const basis = copyOf(judged);
    change(basis, `UPDATE gate_decision SET basis = json_set(basis, '$.coverage', 0.99)`);
    expect(await replay(basis)).toMatchObject({ code: 2, statuses: { audit: 'CRITICAL', rows: 'OK' } });
    expect((await runAt(basis, later, 'verify')).json.problems).toEqual([
      'what gate decision 1 was made on was altered: mlops gate replay 1',
    ]);
    const rows = copyOf(judged);
    const { rows_sha256 } = (await replay(rows)).result;
    writeFileSync(join(artifacts(rows), `${rows_sha256}.parquet`), 'PAR1 nothing of it');
    expect(await replay(rows)).toMatchObject({ code: 2, statuses: { audit: 'OK', rows: 'CRITICAL' } });
    expect((await runAt(rows, later, 'verify')).json.status).toBe('CRITICAL');
  });

  test('says what it cannot tell: a model that is gone, rows that are gone, a decision of 0.4.0', async () => {
    const workspace = copyOf(judged);
    const models = readdirSync(artifacts(workspace)).filter((name) => name.endsWith('.onnx'));
    for (const name of models) rmSync(join(artifacts(workspace), name));
    const without = await replay(workspace);
    expect(without).toMatchObject({ code: 3, statuses: { scores: 'UNKNOWN', result: 'OK' } });
    rmSync(join(artifacts(workspace), `${without.result.rows_sha256}.parquet`));
    expect(await replay(workspace)).toMatchObject({
      code: 3,
      result: { result: null },
      statuses: { rows: 'UNKNOWN' },
    });
    change(workspace, 'UPDATE gate_decision SET basis = NULL');
    const old = await runMlops(['-C', workspace, 'gate', 'replay', '1']);
    expect([old.code, old.stderr]).toEqual([69, expect.stringContaining('mlops 0.4.0 or before')]);
  });

  test('a decision on no row at all is made again, too', async () => {
    const workspace = copyOf(judged);
    change(workspace, 'DELETE FROM label');
    await runAt(workspace, allLabelled, 'gate');
    const { code, json } = await runAt(workspace, later, 'gate', 'replay');
    expect([code, json.decision, json.rows]).toEqual([0, 'reject', 0]);
  });

  test('its rows are in a backup, and no clean-up takes them', async () => {
    const workspace = copyOf(judged);
    const { rows_sha256 } = (await replay(workspace)).result;
    const name = `${rows_sha256}.parquet`;
    const backup = (await runAt(workspace, later, 'backup')).json;
    expect(readdirSync(join(backup.path, 'artifacts'))).toContain(name);
    await runMlops(['-C', workspace, 'clean', '--what', 'artifacts', '--older-than', '1s', '--yes']);
    expect(readdirSync(artifacts(workspace))).toContain(name);
  });
});

test('gate simulate says what each preset would have decided, on the kept rows or from the figures noted then', async () => {
  const workspace = copyOf(judged);
  const ask = async () => {
    const { code, json } = await runAt(workspace, later, 'gate', 'simulate', '--history');
    expect(code).toBe(0);
    return gateSimulationDefinition.parse(json);
  };
  const { decisions, presets } = await ask();
  expect(decisions).toMatchObject([{ decision: 'promote', preset: 'production', judged_on: 'rows' }]);
  expect(decisions[0]?.would_be.production).toBe('promote');
  expect(presets.map(({ promoted, rejected, unknown }) => promoted + rejected + unknown)).toEqual([1, 1, 1]);
  // With fewer labelled rows than the conservative preset asks for, that one rejects; the others do not mind.
  change(
    workspace,
    `UPDATE gate_decision SET basis = NULL, result = replace(result, '"observed":2175', '"observed":300')`,
  );
  const [old] = (await ask()).decisions;
  expect(old).toMatchObject({
    judged_on: 'figures',
    would_be: { production: 'promote', conservative: 'reject' },
  });
});
