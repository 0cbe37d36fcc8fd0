import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
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
import { end, endServices, holdPort, modelFile, type RealService, realService } from './real-service.ts';

let original = '';
beforeAll(async () => {
  original = await productionWorkspace();
});

const workspaces: string[] = [];
const holders: { readonly kill: (signal: NodeJS.Signals) => boolean }[] = [];
afterEach(() => {
  for (const holder of holders.splice(0)) holder.kill('SIGKILL');
});
afterAll(() => {
  for (const workspace of workspaces) endServices(workspace);
});

/** An API that answers, started the way the operator restarts it. */
async function servingWorkspace(): Promise<{ readonly workspace: string; readonly api: RealService }> {
  const workspace = copyOf(original);
  workspaces.push(workspace);
  const api = await realService(workspace, 'api', { model: modelFile(workspace) });
  configureServices(workspace, api.line);
  await must(workspace, 'restart', 'api', '--yes');
  return { workspace, api };
}

function contentOf(workspace: string, part: string): string {
  const path = join(workspace, '.mlops', part);
  return existsSync(path) ? readFileSync(path, 'latin1') : '';
}

const diagnosis = (workspace: string) => operate(workspace, 'diagnose', 'api');
const restart = (workspace: string) => operate(workspace, 'restart', 'api', '--yes', '--reason', 'drill');

async function expectGood(workspace: string): Promise<void> {
  expect((await diagnosis(workspace)).stdout).toMatch(/^OK - api: healthy/);
  expect(await troubles(workspace)).toEqual([]);
  expect((await operate(workspace, 'verify')).code).toBe(0);
}

describe('the process was killed', () => {
  test('diagnose says that it has stopped and what speaks for it; restart brings it back', async () => {
    const { workspace, api } = await servingWorkspace();
    const killed = api.pid();
    await end(killed);
    expect(await troubles(workspace)).toEqual(['service:api CRITICAL']);

    const { code, stdout } = await diagnosis(workspace);
    expect(code).toBe(2);
    expect(stdout).toMatch(/^CRITICAL - api: process down/);
    expect(stdout).toContain(`seen: nothing listens on port ${api.port}`);
    expect(stdout).toContain(`process ${killed} of`);
    expect(stdout).toContain('try: mlops restart api');
    expect(stdout).toContain('call: On-call engineer (Immediate)');

    const restarted = await restart(workspace);
    expect(restarted).toMatchObject({ code: 0, stdout: expect.stringMatching(/^OK - api is healthy \d/) });
    expect(api.pid()).not.toBe(killed);
    await expectGood(workspace);
  });

  test('the page restarts it, proves that it answers, and closes its incident', async () => {
    const { workspace, api } = await servingWorkspace();
    await end(api.pid());
    const { code, stdout, json } = await operateJson(
      workspace,
      ...[
        'runbook',
        'run',
        'api-down',
        '--yes',
        '--answer',
        'the process or its container has stopped, or hangs',
      ],
    );
    expect([code, json.state], stdout).toEqual([0, 'done']);
    const walked: readonly { readonly step: string }[] = json.steps;
    expect([...new Set(walked.map(({ step }) => step))]).toEqual([
      'confirm',
      'read-its-log',
      'find-the-cause',
      'restart-it',
      'prove-that-it-answers',
    ]);
    expect(await incidents(workspace)).toEqual(['The API is down: closed by ada']);
    const postMortem = await operate(workspace, 'incidents', 'show', json.incident_id, '--markdown');
    expect(postMortem.stdout).toContain('restart api --yes');
    expect(postMortem.stdout).toContain('connects with password=');
    expect(postMortem.stdout).not.toContain('hunter2');
    for (const part of ['store.db', 'store.db-wal'])
      expect(contentOf(workspace, part)).not.toContain('hunter2');
    await expectGood(workspace);
  });
});

describe('another process took the port', () => {
  test('diagnose names it by pid, restart says why it cannot, and the page waits until it is ended', async () => {
    const { workspace, api } = await servingWorkspace();
    await end(api.pid());
    const holder = await holdPort(api.port);
    holders.push(holder);

    const { code, stdout } = await diagnosis(workspace);
    expect(code).toBe(2);
    expect(stdout).toMatch(/^CRITICAL - api: port taken/);
    expect(stdout).toContain(`pid ${holder.pid} (`);
    expect(stdout).toContain(`kill ${holder.pid}`);

    const refused = await restart(workspace);
    expect(refused.code).toBe(2);
    expect(refused.stdout).toContain('api is not healthy');
    expect(refused.stdout).toContain(`held by another process: pid ${holder.pid} (`);
    expect(readFileSync(join(workspace, 'api.log'), 'utf8')).toContain('EADDRINUSE');

    const stopped = await operate(
      workspace,
      ...['runbook', 'run', 'api-down', '--yes', '--answer', 'another process holds the port'],
    );
    expect(stopped.code).toBe(1);
    expect(stopped.stdout).toContain(`pid ${holder.pid} (`);
    expect(stopped.stdout).toContain('Who owns the process that diagnose named');
    expect(stopped.stdout).toContain('--answer TEXT');
    expect(await incidents(workspace)).toEqual(['The API is down: open']);

    await end(holder.pid ?? 0);
    const resumed = await operate(workspace, 'runbook', 'resume', '--yes', '--answer', 'Bob; he ended it');
    expect(resumed.code, resumed.stdout).toBe(0);
    expect(await incidents(workspace)).toEqual(['The API is down: closed by ada']);
    await expectGood(workspace);
  });
});

describe('the model', () => {
  test('is missing: diagnose names its file, restart fails with that reason, a backup brings it back', async () => {
    const { workspace, api } = await servingWorkspace();
    const backup = JSON.parse(await must(workspace, '--json', 'backup')).name;
    const artifact = modelFile(workspace);
    rmSync(join(workspace, artifact));
    await end(api.pid());

    const { code, stdout } = await diagnosis(workspace);
    expect(code).toBe(2);
    expect(stdout).toMatch(
      /^CRITICAL - api: model missing, the artifact of version 1, which is in Production/,
    );
    expect(stdout).toContain(artifact);
    expect(stdout).toContain('also process down');

    const refused = await restart(workspace);
    expect(refused.code).toBe(2);
    expect(refused.stdout).toContain('the artifact of version 1, which is in Production, is missing');
    expect(refused.stdout).toContain('its log says: ');
    expect(refused.stdout).toContain('ENOENT');

    await must(workspace, 'restore', backup, '--replace');
    expect((await restart(workspace)).code).toBe(0);
    await expectGood(workspace);
  });

  test('is damaged: the page hands over to the damaged store, which restores it from a backup', async () => {
    const { workspace, api } = await servingWorkspace();
    const backup = JSON.parse(await must(workspace, '--json', 'backup')).name;
    const artifact = join(workspace, modelFile(workspace));
    const bytes = readFileSync(artifact);
    writeFileSync(artifact, Buffer.from(bytes).fill(0xa5, 1000, 1100));
    await end(api.pid());

    const { code, stdout } = await diagnosis(workspace);
    expect(code).toBe(2);
    expect(stdout).toMatch(/^CRITICAL - api: artifact damaged, the artifact of version 1/);
    expect(stdout).toContain('is not what was registered');
    const refused = await restart(workspace);
    expect([refused.code, refused.stdout]).toEqual([2, expect.stringContaining('artifact damaged')]);

    const answer = (...commandLine: string[]) => operateJson(workspace, 'runbook', ...commandLine, '--yes');
    const handed = await answer('run', 'api-down', '--answer', 'the artifact is damaged or missing');
    expect([handed.code, handed.json.state]).toEqual([1, 'handed_over']);
    const incident = handed.json.incident_id;
    const asked = await answer(
      'run',
      'store-damaged',
      '--incident',
      incident,
      '--answer',
      'yes, nobody is at work',
    );
    expect(asked.json.summary).toContain('a person has to decide');
    const warned = await answer(
      'resume',
      '--answer',
      'only an artifact is damaged',
      '--set',
      `backup=${backup}`,
    );
    expect([warned.code, warned.json.summary]).toEqual([
      1,
      expect.stringContaining('whatever was recorded since that backup'),
    ]);
    expect(readFileSync(artifact).equals(bytes)).toBe(false);
    const restored = await answer('resume', '--set', `backup=${backup}`, '--destroy', 'restore-a-backup');
    expect(readFileSync(artifact).equals(bytes), restored.stdout).toBe(true);
    const ended = await answer('resume', '--answer', 'they are on; a bad copy');
    expect([ended.code, ended.json.state], ended.stdout).toEqual([0, 'done']);

    expect((await restart(workspace)).code).toBe(0);
    await expectGood(workspace);
  });
});

describe('the bundle for whoever takes it over', () => {
  test('is one file with logs, configuration, versions and health, and none of the secrets', async () => {
    const { workspace, api } = await servingWorkspace();
    await end(api.pid());
    const { code, json } = await operateJson(workspace, 'bundle', '--to', join(workspace, 'bundle.tar.gz'));
    expect(code).toBe(0);
    expect(json.omitted).toEqual([]);
    expect(readdirSync(workspace).filter((name) => name.includes('bundle'))).toEqual(['bundle.tar.gz']);
    const files: readonly { readonly name: string }[] = json.files;
    expect(files.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['program.json', 'mlops.yaml', 'health.json', 'models.json', 'logs/api.log']),
    );
    const content = gunzipSync(readFileSync(json.path)).toString('latin1');
    for (const told of [
      `listens on port ${api.port}`,
      'connects with password=',
      'service:api',
      'CRITICAL',
      'SERVICE_PASSWORD=',
    ])
      expect(content).toContain(told);
    expect(readFileSync(join(workspace, 'api.log'), 'utf8')).toContain('hunter2');
    expect(readFileSync(join(workspace, 'mlops.yaml'), 'utf8')).toContain('hunter2');
    expect(content).not.toContain('hunter2');
  });
});
