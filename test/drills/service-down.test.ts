import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyOf } from '../executable/loop-workspace.ts';
import {
  configureServices,
  incidents,
  must,
  operate,
  operateJson,
  productionWorkspace,
  troubles,
} from './drill-workspace.ts';
import { end, endServices, type RealService, realService } from './real-service.ts';

let original = '';
beforeAll(async () => {
  original = await productionWorkspace();
});

const workspaces: string[] = [];
afterAll(() => {
  for (const workspace of workspaces) endServices(workspace);
});

const brokenCommand = 'echo "Unit mlflow.service not found." >&2; exit 5';

/** MLflow beside an API; without a restart command of its own, MLflow is up at first. */
async function workspaceWithMlflow(
  restart?: string,
): Promise<{ readonly workspace: string; readonly mlflow: RealService }> {
  const workspace = copyOf(original);
  workspaces.push(workspace);
  const contact = 'infrastructure';
  const mlflow = await realService(workspace, 'mlflow', {
    contact,
    ...(restart === undefined ? {} : { restart }),
  });
  const api = await realService(workspace, 'api');
  configureServices(workspace, `${api.line}\n${mlflow.line}`);
  await must(workspace, 'restart', 'api', '--yes');
  if (restart === undefined) await must(workspace, 'restart', 'mlflow', '--yes');
  return { workspace, mlflow };
}

async function expectGood(workspace: string): Promise<void> {
  expect((await operate(workspace, 'diagnose', 'mlflow')).stdout).toMatch(/^OK - mlflow: healthy/);
  expect(await troubles(workspace)).toEqual([]);
  expect((await operate(workspace, 'verify')).code).toBe(0);
}

describe('MLflow is down', () => {
  test('health says so and whom to call, and nothing else suffers; restart brings it back', async () => {
    const { workspace, mlflow } = await workspaceWithMlflow();
    expect(await troubles(workspace)).toEqual([]);
    await end(mlflow.pid());

    expect(await troubles(workspace)).toEqual(['service:mlflow CRITICAL']);
    const { code, stdout } = await operate(workspace, 'health');
    expect(code).toBe(2);
    expect(stdout).toMatch(/CRITICAL +service:mlflow .*\n(?: .*\n)* +call: DevOps Team \(2 hours\)/);
    expect((await operate(workspace, 'diagnose', 'api')).code).toBe(0);
    const diagnosed = await operate(workspace, 'diagnose', 'mlflow');
    expect(diagnosed).toMatchObject({
      code: 2,
      stdout: expect.stringMatching(/^CRITICAL - mlflow: process down/),
    });

    const restarted = await operate(workspace, 'restart', 'mlflow', '--yes');
    expect([restarted.code, restarted.stdout]).toEqual([0, expect.stringContaining('mlflow is healthy')]);
    await expectGood(workspace);
  });

  test('the page restarts the service that it is given, checks the store, and closes its incident', async () => {
    const { workspace, mlflow } = await workspaceWithMlflow();
    await end(mlflow.pid());
    const unnamed = await operateJson(workspace, 'runbook', 'run', 'mlflow-down', '--yes');
    expect([unnamed.code, unnamed.json.next]).toEqual([1, expect.stringContaining("--set 'service=…'")]);
    const { code, stdout, json } = await operateJson(
      workspace,
      ...['runbook', 'resume', '--yes', '--set', 'service=mlflow'],
    );
    expect([code, json.state], stdout).toEqual([0, 'done']);
    const walked: readonly { readonly command: string }[] = json.steps;
    expect(walked.map(({ command }) => command.split(`${workspace} `)[1])).toEqual([
      'health',
      'logs mlflow --since 1h -n 100',
      'diagnose mlflow',
      'restart mlflow --yes',
      'verify',
      'diagnose mlflow',
      'health',
    ]);
    expect(await incidents(workspace)).toEqual(['MLflow, or another service, is down: closed by ada']);
    await expectGood(workspace);
  });
});

describe('a service that its command does not bring back', () => {
  test('restart says what the command printed, and that nothing listens', async () => {
    const { workspace, mlflow } = await workspaceWithMlflow(brokenCommand);
    const { code, stdout } = await operate(workspace, 'restart', 'mlflow', '--yes');
    expect(code).toBe(2);
    expect(stdout).toContain('mlflow is not healthy: its restart command failed with exit code 5');
    expect(stdout).toContain('it printed: Unit mlflow.service not found.');
    expect(stdout).toContain(`nothing listens on port ${mlflow.port}`);
    expect(await troubles(workspace)).toEqual(['service:mlflow CRITICAL']);
  });

  test('a command that ends well and starts nothing is waited for, then said to have failed', async () => {
    const { workspace } = await workspaceWithMlflow('true');
    const { code, json } = await operateJson(workspace, 'restart', 'mlflow', '--yes');
    expect(code).toBe(2);
    expect(json).toMatchObject({ healthy: false, exit_code: 0, diagnosis: { cause: 'process_down' } });
    expect(json.waited_ms).toBeGreaterThanOrEqual(3000);
    expect(json.checks).toBeGreaterThan(1);
  });

  test('the page bundles, says whom to call where nothing can call them, and stays open until somebody has it', async () => {
    const { workspace } = await workspaceWithMlflow(brokenCommand);
    const { code, stdout } = await operate(
      workspace,
      ...['runbook', 'run', 'mlflow-down', '--yes', '--set', 'service=mlflow'],
    );
    expect(code).toBe(1);
    expect(stdout).toContain('any other exit: Hand it over');
    expect(stdout).toMatch(/mlops-bundle-sample-\d{8}T\d{6}Z\.tar\.gz: \d+ files/);
    expect(stdout).toContain('DevOps Team');
    expect(stdout).toContain('Who has taken it over?');
    expect(await incidents(workspace)).toContain('MLflow, or another service, is down: open');
    expect(await troubles(workspace)).toContain('service:mlflow CRITICAL');
  });

  test('the escalation reaches the channel of the one on call', async () => {
    const { workspace } = await workspaceWithMlflow(brokenCommand);
    const told = join(workspace, 'told.json');
    useChannel(workspace, `cat > ${told}`);
    const { code, stdout } = await operate(
      workspace,
      ...['runbook', 'run', 'mlflow-down', '--yes', '--set', 'service=mlflow'],
    );
    expect(code, stdout).toBe(1);
    expect(readFileSync(told, 'utf8')).toContain('Infrastructure');
  });
});

function useChannel(workspace: string, command: string): void {
  const path = join(workspace, 'mlops.yaml');
  const channel = JSON.stringify({ name: 'pager', kind: 'command', command });
  writeFileSync(
    path,
    readFileSync(path, 'utf8').replace('\nalerts:\n', `\nalerts:\n  channels: [${channel}]\n`),
  );
}
