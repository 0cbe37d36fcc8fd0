import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { processStat } from '../../src/platform/processes.ts';
import { calm, copyOf, loopWorkspace, runAt } from './loop-workspace.ts';
import { executable, runMlops } from './run-mlops.ts';

const schemas = join(import.meta.dirname, '..', '..', 'schemas');
const tls = join(import.meta.dirname, '..', 'fixtures', 'tls');
const patient = 'warning_ms: 30000, critical_ms: 60000, timeout_ms: 60000';

let original: string;
beforeAll(async () => {
  original = await loopWorkspace();
});

const servers: Server[] = [];
const left: string[] = [];
afterAll(() => {
  for (const server of servers) server.close();
  for (const file of left) if (existsSync(file)) endProcess(Number(readFileSync(file, 'utf8')));
});

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

async function listening(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return (address satisfies AddressInfo).port;
}

const http = (answer: RequestListener) =>
  listening(createHttpServer({ keepAlive: false }, answer)).then((port) => `http://127.0.0.1:${port}/health`);

async function freePort(): Promise<number> {
  const server = createTcpServer();
  const port = await listening(server);
  servers.pop();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A workspace whose mlops.yaml has these services, one a line. */
function workspaceWith(services: string, from = original): string {
  const workspace = copyOf(from);
  writeServices(workspace, services);
  return workspace;
}

function writeServices(workspace: string, services: string): void {
  const head = 'model: { name: sample, schema: schema.json, target: defaulted }';
  writeFileSync(join(workspace, 'mlops.yaml'), `${head}\nservices:\n${services}\n`);
}

function promised(name: string, document: unknown): void {
  const validate = new Ajv2020().compile(
    JSON.parse(readFileSync(join(schemas, `${name}.schema.json`), 'utf8')),
  );
  expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
}

interface Check {
  readonly name: string;
  readonly status: string;
  readonly summary: string;
  readonly observed: number | null;
  readonly remedy: string | null;
}

async function serviceChecks(workspace: string, env: Readonly<Record<string, string>> = {}) {
  const { stdout } = await runMlops(['-C', workspace, '--json', 'health'], { env });
  const result = JSON.parse(stdout);
  promised('health', result);
  const checks: readonly Check[] = result.checks;
  return new Map(
    checks
      .filter((each) => each.name.startsWith('service:'))
      .map((each) => [each.name.slice('service:'.length), each]),
  );
}

describe('health asks services of every kind', () => {
  test('by address: status, body, certificate', async () => {
    const body = (text: string) => http((_, response) => response.end(text));
    const secure = await listening(
      createHttpsServer({
        key: readFileSync(join(tls, 'key.pem')),
        cert: readFileSync(join(tls, 'certificate.pem')),
      }),
    );
    const found = await serviceChecks(
      workspaceWith(`
  - { name: text, url: '${await body('{"status":"ok"}')}', expect_body: '"status":"ok"', ${patient} }
  - { name: pattern, url: '${await body('{"status": "OK"}')}', expect_body: '/"status": *"ok"/i', ${patient} }
  - { name: other, url: '${await body('{"status":"starting"}')}', expect_body: '"status":"ok"', ${patient} }
  - { name: endless, url: '${await http((_, response) => flood(response))}', expect_body: y, ${patient} }
  - { name: created, url: '${await http((_, response) => response.writeHead(201).end())}', expect_status: 200, ${patient} }
  - { name: certificate, url: 'https://127.0.0.1:${secure}/', ${patient} }`),
    );
    expect([...found].map(([name, { status }]) => [name, status])).toEqual([
      ['text', 'OK'],
      ['pattern', 'OK'],
      ['other', 'CRITICAL'],
      ['endless', 'CRITICAL'],
      ['created', 'WARNING'],
      ['certificate', 'CRITICAL'],
    ]);
    expect(found.get('other')?.summary).toContain(`without '"status":"ok"' in its body`);
    expect(found.get('certificate')?.summary).toContain('its certificate is self-signed');
    expect(found.get('certificate')?.remedy).toContain('NODE_EXTRA_CA_CERTS');
  });

  function flood(response: Parameters<RequestListener>[1]): void {
    const more = () => {
      while (!response.destroyed && response.write('x'.repeat(65_536)));
    };
    response.on('drain', more);
    more();
  }

  test('by port', async () => {
    const open = await listening(createTcpServer((socket) => socket.destroy()));
    const found = await serviceChecks(
      workspaceWith(`
  - { name: open, tcp: '127.0.0.1:${open}', ${patient} }
  - { name: closed, tcp: '127.0.0.1:${await freePort()}', ${patient} }`),
    );
    expect(found.get('open')?.status).toBe('OK');
    expect(found.get('closed')).toMatchObject({
      status: 'CRITICAL',
      summary: expect.stringContaining('nothing listens there'),
    });
  });

  test('by command, whose exit code is the verdict; one that hangs, forks or floods stops nothing', async () => {
    const workspace = workspaceWith(`
  - { name: well, command: 'echo "DISK OK | /=3GB"' }
  - { name: warns, command: 'echo slow; exit 1' }
  - { name: fails, command: 'exit 2' }
  - { name: odd, command: 'echo what; exit 9' }
  - { name: missing, command: /no/such/plugin }
  - { name: hangs, command: 'sleep 1000 & echo $! > fork.pid; sleep 1000', timeout_ms: 500 }
  - { name: floods, command: "head -c 100000000 /dev/zero | tr '\\\\0' x", timeout_ms: 60000 }`);
    const found = await serviceChecks(workspace);
    expect([...found].map(([name, { status, observed }]) => [name, status, observed])).toEqual([
      ['well', 'OK', 0],
      ['warns', 'WARNING', 1],
      ['fails', 'CRITICAL', 2],
      ['odd', 'UNKNOWN', 9],
      ['missing', 'UNKNOWN', 127],
      ['hangs', 'CRITICAL', null],
      ['floods', 'OK', 0],
    ]);
    expect(found.get('well')?.summary).toBe('DISK OK');
    expect(found.get('floods')?.summary.length).toBeLessThanOrEqual(200);
    expect(found.get('missing')?.remedy).toContain('mlops.yaml');
    const fork = Number(readFileSync(join(workspace, 'fork.pid'), 'utf8'));
    await expect.poll(() => processStat(fork)?.state ?? 'gone').toMatch(/^(gone|Z)$/);
  });

  test('by process, with what it uses against its limits', async () => {
    const workspace = workspaceWith('');
    writeFileSync(join(workspace, 'own.pid'), `${process.pid}\n`);
    writeFileSync(join(workspace, 'ended.pid'), '4194304');
    writeServices(
      workspace,
      `
  - { name: pidfile, process: ./own.pid }
  - { name: limit, process: ./own.pid, memory_warning_megabytes: 1, memory_critical_megabytes: 100000 }
  - { name: ended, process: ./ended.pid }
  - { name: unnamed, process: no-such-process-anywhere }`,
    );
    const found = await serviceChecks(workspace);
    expect(found.get('pidfile')).toMatchObject({
      status: 'OK',
      summary: expect.stringMatching(
        new RegExp(`^process ${process.pid} runs for .* of a core, .* of memory$`),
      ),
    });
    expect(found.get('pidfile')?.observed).toBeGreaterThan(1e6);
    expect(found.get('limit')?.status).toBe('WARNING');
    expect(found.get('ended')).toMatchObject({
      status: 'CRITICAL',
      summary: expect.stringContaining('process 4194304'),
    });
    expect(found.get('unnamed')?.status).toBe('CRITICAL');
  });

  test('by container, and without an engine they are UNKNOWN, with the reason', async () => {
    const tools = mkdtempSync(join(tmpdir(), 'mlops-test-'));
    writeFileSync(
      join(tools, 'docker'),
      `#!/bin/sh
case "$*" in
  compose*ps*api*) echo well ;;
  compose*) exit 0 ;;
  *inspect*well) echo '{"Status":"running","Pid":${process.pid},"StartedAt":"2026-01-01T00:00:00Z"}' ;;
  *inspect*sick) echo '{"Status":"running","Pid":0,"Health":{"Status":"unhealthy"}}' ;;
  *inspect*ended) echo '{"Status":"exited","ExitCode":137,"OOMKilled":true}' ;;
  *) echo 'Error: No such container: gone' >&2; exit 1 ;;
esac
`,
    );
    chmodSync(join(tools, 'docker'), 0o755);
    const workspace = workspaceWith(`
  - { name: well, container: well }
  - { name: sick, container: sick }
  - { name: ended, container: ended }
  - { name: gone, container: gone }
  - { name: composed, container: api, engine: compose }
  - { name: podman, container: well, engine: podman }`);
    const found = await serviceChecks(workspace, { PATH: tools });
    expect([...found].map(([name, { status }]) => [name, status])).toEqual([
      ['well', 'OK'],
      ['sick', 'CRITICAL'],
      ['ended', 'CRITICAL'],
      ['gone', 'CRITICAL'],
      ['composed', 'OK'],
      ['podman', 'UNKNOWN'],
    ]);
    expect(found.get('ended')?.summary).toContain('out of memory');
    expect(found.get('podman')?.summary).toBe('podman is not installed here');
    const without = await serviceChecks(workspace, { PATH: join(tools, 'nothing') });
    expect(without.get('well')).toMatchObject({
      status: 'UNKNOWN',
      summary: 'neither docker nor podman is installed here',
    });
  });

  test('the disk of further folders', async () => {
    const workspace = workspaceWith('  []');
    writeFileSync(
      join(workspace, 'mlops.yaml'),
      'model: { name: sample, schema: schema.json }\ndisk: { folders: [.mlops, missing] }\n',
    );
    const { stdout } = await runMlops(['-C', workspace, '--json', 'health']);
    const checks: readonly Check[] = JSON.parse(stdout).checks;
    expect(checks.filter((each) => each.name.startsWith('disk:'))).toMatchObject([
      { name: 'disk:.mlops', unit: 'share' },
      { name: 'disk:missing', status: 'UNKNOWN' },
    ]);
  });
});

describe('several workspaces', () => {
  let models: string;
  beforeAll(() => {
    models = mkdtempSync(join(tmpdir(), 'mlops-test-'));
    for (const name of ['a', 'b']) cpSync(original, join(models, name), { recursive: true });
    mkdirSync(join(models, 'notes'));
    mkdirSync(join(models, 'lost', '.mlops'), { recursive: true });
    writeFileSync(join(models, 'b', 'mlops.yaml'), 'model: 3\n');
  });

  test('health judges each by itself, and a broken one does not stop the others', async () => {
    const { code, json } = await runAt(join(models, '*'), calm, 'health', '--no-network');
    promised('health-sweep', json);
    expect(code).toBe(3);
    expect(json.status).toBe('UNKNOWN');
    expect(json.workspaces.map((each: { workspace: string }) => each.workspace)).toEqual(
      ['a', 'b', 'lost'].map((name) => join(models, name)),
    );
    expect(json.workspaces[0].result.checks.length).toBeGreaterThan(10);
    expect(json.workspaces[1].failure).toMatchObject({
      exit_code: 78,
      error: expect.stringContaining(`${join(models, 'b', 'mlops.yaml')}, line 1`),
    });
    expect(json.workspaces[2].failure.error).toContain('mlops.yaml is missing');
  });

  test('monitor too, each with its own run', async () => {
    const { json } = await runAt(join(models, '[ab]'), calm, 'monitor');
    promised('monitor-sweep', json);
    expect(json.workspaces[0].result).toMatchObject({ run_id: '1' });
    expect(json.workspaces[1].result).toBeNull();
    expect(readFileSync(join(models, 'a', '.mlops', 'logs', 'mlops.jsonl'), 'utf8')).toContain(
      '"command":"monitor"',
    );
  });

  test('a pattern that matches nothing is no input', async () => {
    const outcome = await runMlops(['-C', join(models, 'x*'), 'health']);
    expect(outcome.code).toBe(66);
    expect(outcome.stderr).toMatch(/^error: no workspace matches '.*x\*'\ncause: .*\ntry: /);
  });
});

describe('health --watch', () => {
  test('looks again and again, and Ctrl-C ends it with the last verdict', async () => {
    const workspace = workspaceWith('  - { name: never, command: "exit 2" }');
    const running = execa(executable, ['-C', workspace, '--json', 'health', '--watch', '0.1'], {
      reject: false,
    });
    let lines = 0;
    running.stdout.on('data', (chunk) => {
      lines += String(chunk).split('\n').length - 1;
      if (lines >= 3) running.kill('SIGINT');
    });
    const { exitCode, stdout, stderr } = await running;
    expect(exitCode).toBe(2);
    expect(stderr).toBe('');
    for (const line of stdout.split('\n')) promised('health', JSON.parse(line));
  });
});

describe('diagnose', () => {
  const diagnosis = async (workspace: string, name = 'api') => {
    const { code, stdout } = await runMlops(['-C', workspace, '--json', 'diagnose', name]);
    const result = JSON.parse(stdout);
    promised('diagnose', result);
    return { code, ...result };
  };

  test('a service that is well', async () => {
    const url = await http((_, response) => response.end('ok'));
    const found = await diagnosis(workspaceWith(`  - { name: api, url: '${url}', ${patient} }`));
    expect(found).toMatchObject({ code: 0, status: 'OK', cause: 'healthy', further: [] });
    expect(found.evidence.join()).toContain(`held by pid ${process.pid} (`);
  });

  test('a process that was killed', async () => {
    const workspace = workspaceWith('');
    writeFileSync(join(workspace, 'api.pid'), '4194304');
    writeFileSync(
      join(workspace, 'api.log'),
      '2026-09-01 10:00:00 INFO up\n2026-09-01 10:00:01 ERROR out of memory\n',
    );
    writeServices(
      workspace,
      `  - { name: api, url: 'http://127.0.0.1:${await freePort()}/', listener: ./api.pid, logs: api.log, restart: 'true' }`,
    );
    const found = await diagnosis(workspace);
    expect(found).toMatchObject({ code: 2, cause: 'process_down', contact: { contact: 'On-call engineer' } });
    expect(found.evidence.join('\n')).toMatch(/nothing listens on port \d+/);
    expect(found.evidence.join('\n')).toContain('process 4194304 of');
    expect(found.evidence.join('\n')).toContain('its log says: 2026-09-01 10:00:01 ERROR out of memory');
    expect(found.remedy[0]).toBe('mlops restart api');
  });

  test('a port that another process holds, by pid and command line, also where that one answers well', async () => {
    const workspace = workspaceWith('');
    writeFileSync(join(workspace, 'api.pid'), '4194304');
    const url = await http((_, response) => response.end('ok'));
    writeServices(workspace, `  - { name: api, url: '${url}', listener: ./api.pid, ${patient} }`);
    const found = await diagnosis(workspace);
    expect(found).toMatchObject({ code: 2, cause: 'port_taken', further: [] });
    expect(found.summary).toContain(`held by another process: pid ${process.pid} (`);
    expect(found.remedy[0]).toContain(`kill ${process.pid}`);
  });

  test('a port taken, known by the log of a service that names no listener', async () => {
    const url = await http((_, response) => response.writeHead(404).end());
    const log = 'echo "OSError: [Errno 98] Address already in use"';
    const found = await diagnosis(
      workspaceWith(`  - { name: api, url: '${url}', logs: '${log}', ${patient} }`),
    );
    expect(found).toMatchObject({ code: 2, cause: 'port_taken' });
    expect(found.evidence.at(-1)).toContain('Address already in use');
  });

  test('no version in Production, an artifact that is gone, one that is damaged', async () => {
    const service = `  - { name: api, url: 'http://127.0.0.1:${await freePort()}/' }`;
    const workspace = workspaceWith(service);
    const artifacts = join(workspace, '.mlops', 'artifacts');
    const models = readdirSync(artifacts).filter((name) => name.endsWith('.onnx'));
    for (const name of models) writeFileSync(join(artifacts, name), 'damaged');
    expect(await diagnosis(workspace)).toMatchObject({
      cause: 'artifact_damaged',
      further: [{ cause: 'process_down' }],
    });
    for (const name of models) rmSync(join(artifacts, name));
    const gone = await diagnosis(workspace);
    expect(gone).toMatchObject({ cause: 'model_missing', summary: expect.stringContaining('is missing') });
    expect(gone.remedy.join()).toContain('mlops rollback');
    const { default: Database } = await import('better-sqlite3');
    const store = new Database(join(workspace, '.mlops', 'store.db'));
    store.exec("UPDATE model_version SET stage = 'Archived'");
    store.close();
    expect(await diagnosis(workspace)).toMatchObject({
      cause: 'model_missing',
      remedy: ['mlops models', 'mlops promote 1'],
    });
    writeFileSync(join(workspace, '.mlops', 'store.db'), 'garbage '.repeat(1000));
    expect(await diagnosis(workspace)).toMatchObject({ cause: 'store_damaged' });
  });

  test('answers slowly, never, with a fault', async () => {
    const workspace = workspaceWith(`
  - { name: slow, url: '${await http((_, response) => response.end())}', warning_ms: 0.001, critical_ms: 60000, timeout_ms: 60000 }
  - { name: never, url: '${await http(() => undefined)}', timeout_ms: 200 }
  - { name: faulty, url: '${await http((_, response) => response.writeHead(500).end())}', ${patient} }`);
    expect(await diagnosis(workspace, 'slow')).toMatchObject({ code: 1, cause: 'slow' });
    expect(await diagnosis(workspace, 'never')).toMatchObject({ code: 2, cause: 'slow' });
    expect(await diagnosis(workspace, 'faulty')).toMatchObject({ code: 2, cause: 'wrong_answer' });
  });

  test('a service that mlops.yaml does not have', async () => {
    const outcome = await runMlops(['-C', workspaceWith('  - { name: api, process: x }'), 'diagnose', 'web']);
    expect(outcome.code).toBe(66);
    expect(outcome.stderr).toContain('the services are api');
  });
});

describe('restart', () => {
  const server = `
import { createServer } from 'node:http';
import { writeFileSync } from 'node:fs';
createServer((_, response) => response.end('ok')).listen(Number(process.argv[2]), '127.0.0.1', () => writeFileSync('api.pid', String(process.pid)));
`;

  async function restartable(command: (port: number) => string): Promise<string> {
    const workspace = workspaceWith('');
    const port = await freePort();
    writeFileSync(join(workspace, 'server.mjs'), server);
    left.push(join(workspace, 'api.pid'));
    writeServices(
      workspace,
      `  - { name: api, url: 'http://127.0.0.1:${port}/', restart: ${JSON.stringify(command(port))}, restart_timeout_ms: 30000, listener: ./api.pid }`,
    );
    return workspace;
  }

  test('waits until it is healthy, leaves it running, and stands in the audit', async () => {
    const workspace = await restartable((port) => `echo starting; ${process.execPath} server.mjs ${port} &`);
    const dry = await runMlops(['-C', workspace, 'restart', 'api', '--dry-run']);
    expect(dry).toMatchObject({ code: 0, stdout: expect.stringContaining('would run: echo starting') });
    expect(existsSync(join(workspace, 'api.pid'))).toBe(false);

    const outcome = await runMlops([
      '-C',
      workspace,
      '--json',
      '--yes',
      'restart',
      'api',
      '--reason',
      'drill',
    ]);
    const result = JSON.parse(outcome.stdout);
    promised('restart', result);
    expect(outcome.code).toBe(0);
    expect(result).toMatchObject({
      status: 'OK',
      healthy: true,
      exit_code: 0,
      audited: true,
      output: ['starting'],
    });
    const pid = Number(readFileSync(join(workspace, 'api.pid'), 'utf8'));
    expect(result.processes).toEqual({ before: [], after: [pid] });
    expect(processStat(pid)?.state).toMatch(/[SR]/);

    const { default: Database } = await import('better-sqlite3');
    const store = new Database(join(workspace, '.mlops', 'store.db'), { readonly: true });
    const event = store.prepare('SELECT command, reason, after FROM event ORDER BY seq DESC LIMIT 1').get();
    store.close();
    expect(event).toMatchObject({
      command: 'restart',
      reason: 'drill',
      after: expect.stringContaining(`[${pid}]`),
    });
    expect((await runMlops(['-C', workspace, 'verify'])).code).toBe(0);
  });

  test('says why it is not healthy: what the command printed, and the cause', async () => {
    const workspace = await restartable(() => 'echo no such unit >&2; exit 5');
    const outcome = await runMlops(['-C', workspace, '--yes', 'restart', 'api']);
    expect(outcome.code).toBe(2);
    expect(outcome.stdout).toContain('its restart command failed with exit code 5');
    expect(outcome.stdout).toContain('it printed: no such unit');
    expect(outcome.stdout).toContain('process down');
  });

  test('a command that does not end is killed, and what it must do is said', async () => {
    const workspace = workspaceWith(
      `  - { name: api, tcp: '127.0.0.1:${await freePort()}', restart: sleep 1000, restart_timeout_ms: 300 }`,
    );
    const outcome = await runMlops(['-C', workspace, '--yes', 'restart', 'api']);
    expect(outcome.code).toBe(2);
    expect(outcome.stdout).toContain('it must leave the service behind');
  });

  test('a script has to confirm it, and a service needs a command', async () => {
    const workspace = workspaceWith(
      `  - { name: api, process: x, restart: touch ran }\n  - { name: web, process: y }`,
    );
    expect(await runMlops(['-C', workspace, 'restart', 'api'])).toMatchObject({
      code: 64,
      stderr: expect.stringContaining('--yes'),
    });
    expect(existsSync(join(workspace, 'ran'))).toBe(false);
    expect(await runMlops(['-C', workspace, '--yes', 'restart', 'web'])).toMatchObject({
      code: 78,
      stderr: expect.stringContaining('has no restart command'),
    });
  });
});

describe('bundle', () => {
  test('holds logs, configuration, versions and health, and no secret', async () => {
    const workspace = workspaceWith(
      `  - { name: api, url: 'http://ada:s3cret@127.0.0.1:${await freePort()}/?token=s3cret', logs: 'echo password=s3cret; echo up', restart: 'API_KEY=s3cret true' }`,
    );
    await runMlops(['-C', workspace, '--as-of', calm, 'monitor']);
    const path = join(workspace, 'bundle.tar.zst');
    const outcome = await runMlops(['-C', workspace, '--json', 'bundle', '--to', path]);
    const result = JSON.parse(outcome.stdout);
    promised('bundle', result);
    expect(outcome.code).toBe(0);
    expect(result.omitted).toEqual([]);
    const names = result.files.map((each: { name: string }) => each.name);
    expect(names).toEqual(
      expect.arrayContaining([
        'mlops.yaml',
        'health.json',
        'models.json',
        'monitoring.json',
        'logs/mlops.log',
        'logs/api.log',
      ]),
    );
    const content = zstdDecompressSync(readFileSync(path)).toString('latin1');
    expect(content).not.toContain('s3cret');
    expect(content).toContain('monitoring: ');
    const listed = await execa('tar', ['--zstd', '-tf', path]);
    expect(listed.stdout.split('\n')).toHaveLength(names.length + 1);
  });

  test('is a gzip archive by default, beside where it is asked for, and names what it could not have', async () => {
    const workspace = workspaceWith('  []');
    writeFileSync(join(workspace, '.mlops', 'store.db'), 'garbage '.repeat(1000));
    const outcome = await runMlops(['-C', workspace, '--json', 'bundle'], { cwd: workspace });
    const result = JSON.parse(outcome.stdout);
    expect(result.path).toMatch(/mlops-bundle-sample-\d{8}T\d{6}Z\.tar\.gz$/);
    expect(result.omitted.map((each: { name: string }) => each.name)).toContain('models.json');
    expect((await execa('tar', ['-tzf', result.path])).stdout).toContain('health.json');
  });

  test('a name that is no archive, and a folder that is not there', async () => {
    expect((await runMlops(['-C', original, 'bundle', '--to', 'x.zip'])).code).toBe(64);
    expect((await runMlops(['-C', original, 'bundle', '--to', '/no/such/folder/x.tar.gz'])).code).toBe(66);
  });
});
