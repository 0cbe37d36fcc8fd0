import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { portOf } from '../alerting/receivers.ts';
import { allowDrift, loopWorkspace, runAt, shifted } from './loop-workspace.ts';

const program = ['prometheus-alertmanager', 'alertmanager'].find(
  (name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0,
);
const title =
  program === undefined ? 'a real Alertmanager (skipped: needs Alertmanager)' : 'a real Alertmanager';

/** The sample's times are past; Alertmanager takes what ended in the past for over, so it is told as of now. */
const now = () => new Date().toISOString();

describe.skipIf(program === undefined)(title, () => {
  let server: ChildProcess;
  let url: string;

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mlops-test-'));
    const configuration = join(folder, 'alertmanager.yml');
    writeFileSync(configuration, 'route: { receiver: nobody }\nreceivers: [{ name: nobody }]\n');
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    server = spawn(
      program ?? '',
      [
        `--config.file=${configuration}`,
        `--storage.path=${join(folder, 'data')}`,
        `--web.listen-address=127.0.0.1:${port}`,
        '--cluster.listen-address=',
      ],
      { stdio: 'ignore' },
    );
    await vi.waitUntil(() => ready(url), { timeout: 20_000, interval: 50 });
  });
  afterAll(() => {
    server.kill('SIGKILL');
  });

  const open = async () => {
    const answer = await fetch(`${url}/api/v2/alerts`);
    const alerts: { labels: Record<string, string> }[] = await answer.json();
    return alerts.map(({ labels }) => `${labels.severity} ${labels.alert}`).toSorted();
  };

  test('takes what is open, is sent it twice without harm, and what is over', async () => {
    const workspace = await loopWorkspace();
    const file = join(workspace, 'mlops.yaml');
    const [before = ''] = readFileSync(file, 'utf8')
      .replace('lookback: 24h', 'lookback: 7d')
      .split(/^alerts:$/m);
    const off = ['export_age', 'backup_age', 'label_coverage', 'volume', 'predictions', 'monitoring_age'];
    const rules = off.map((rule) => `${rule}: { enabled: false }`).join(', ');
    writeFileSync(
      file,
      `${before}alerts:\n  rules: { ${rules} }\n  channels: [{ name: am, kind: alertmanager, url: '${url}' }]\n`,
    );
    await runAt(workspace, now(), 'alerts', 'test', 'am');
    expect(await open()).toEqual(['none undefined']);
    await runAt(workspace, shifted, 'monitor');
    // Alertmanager is told the end of the window too; as of now the alert is refreshed.
    const { json } = await runAt(workspace, now(), 'alerts', 'evaluate');
    expect(json.delivery).toMatchObject({ failed: [], waiting: 0 });
    expect(await open()).toContain('critical drift');
    await runAt(workspace, now(), 'alerts', 'evaluate');
    expect((await open()).filter((name) => name.endsWith('drift'))).toEqual(['critical drift']);
    allowDrift(workspace);
    await runAt(workspace, '2026-09-28T00:06:00Z', 'monitor');
    expect(await open()).toEqual(['none undefined']);
    const { json: last } = await runAt(workspace, now(), 'alerts');
    expect(last).toMatchObject({ alerts: [], undelivered: [] });
  });
});

async function ready(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/-/ready`)).ok;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const port = portOf(probe.address());
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
