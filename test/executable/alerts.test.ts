import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, test } from 'vitest';
import { addMessage, openStore } from '../../src/store/index.ts';
import { messageOf, drift as noted } from '../alerting/messages.ts';
import { type Received, receiver } from '../alerting/receivers.ts';
import { allowDrift, calm, copyOf, loopWorkspace, runAt, shifted } from './loop-workspace.ts';
import { runMlops } from './run-mlops.ts';

const minute = 60_000;
const minutesOn = (minutes: number) => new Date(Date.parse(shifted) + minutes * minute).toISOString();

let original: string;
beforeAll(async () => {
  original = await loopWorkspace();
  const file = join(original, 'mlops.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('lookback: 24h', 'lookback: 7d'));
});

/** A copy of the workspace whose alerts are as the text says; ages of export and backup do not disturb. */
function workspaceWith(alerts: string, escalation = ''): string {
  const workspace = copyOf(original);
  const file = join(workspace, 'mlops.yaml');
  const [before = ''] = readFileSync(file, 'utf8').split(/^alerts:$/m);
  const calmRules =
    '{ monitoring_age: { enabled: false }, export_age: { enabled: false }, backup_age: { enabled: false }, label_coverage: { enabled: false } }';
  const rules = alerts.includes('rules:') ? '' : `  rules: ${calmRules}\n`;
  writeFileSync(file, `${before}alerts:\n${rules}${alerts}${escalation}`);
  return workspace;
}

const scriptChannel = "  channels: [{ name: script, kind: command, command: 'cat >> told.jsonl' }]\n";

interface Told {
  readonly key: string;
  readonly subject: string;
}

function told(workspace: string): readonly Told[] {
  try {
    const lines = readFileSync(join(workspace, 'told.jsonl'), 'utf8').trim().split('\n');
    return lines.map((line) => JSON.parse(line));
  } catch {
    return [];
  }
}

const subjects = (workspace: string) => told(workspace).map(({ subject }) => subject);

function rows(workspace: string, sql: string): readonly unknown[] {
  const store = new Database(join(workspace, '.mlops', 'store.db'), { readonly: true });
  try {
    return store.prepare(sql).all();
  } finally {
    store.close();
  }
}

function fitsSchema(name: string, json: unknown): void {
  const path = join(import.meta.dirname, '..', '..', 'schemas', `${name}.schema.json`);
  const validate = new Ajv2020().compile(JSON.parse(readFileSync(path, 'utf8')));
  expect(validate(json), JSON.stringify(validate.errors)).toBe(true);
}

describe('an alert', () => {
  test('is told once by the run that opens it, and its end by the run that closes it', async () => {
    const workspace = workspaceWith(scriptChannel);
    expect((await runAt(workspace, shifted, 'monitor')).code).toBe(2);
    await runAt(workspace, minutesOn(5), 'monitor');
    expect(subjects(workspace)).toEqual(['[CRITICAL] sample: drift']);
    allowDrift(workspace);
    await runAt(workspace, minutesOn(6), 'monitor');
    expect(subjects(workspace)).toEqual(['[CRITICAL] sample: drift', '[RESOLVED] sample: drift']);
    const { json } = await runAt(workspace, minutesOn(10), 'alerts', '--all');
    fitsSchema('alerts', json);
    expect(json).toMatchObject({ status: 'OK', alerts: [{ name: 'drift', state: 'resolved' }] });
  });

  test('that stays open is told again after `repeat`, and not once it is acknowledged', async () => {
    const workspace = workspaceWith(`${scriptChannel}  repeat: 1h\n`);
    await runAt(workspace, shifted, 'monitor');
    await runAt(workspace, minutesOn(59), 'alerts', 'evaluate');
    expect(subjects(workspace)).toHaveLength(1);
    await runAt(workspace, minutesOn(60), 'alerts', 'evaluate');
    expect(subjects(workspace)).toHaveLength(2);
    const acknowledged = await runAt(workspace, minutesOn(61), 'alerts', 'ack', '1', '--reason', 'on it');
    fitsSchema('alerts-ack', acknowledged.json);
    expect(acknowledged.json).toMatchObject({ state: 'acknowledged', acknowledged: { reason: 'on it' } });
    const later = await runAt(workspace, minutesOn(300), 'alerts', 'evaluate');
    fitsSchema('alerts-evaluate', later.json);
    expect(subjects(workspace)).toHaveLength(2);
    expect((await runAt(workspace, minutesOn(301), 'alerts')).code).toBe(0);
    expect(rows(workspace, "SELECT reason FROM event WHERE command = 'alerts ack'")).toEqual([
      { reason: 'on it' },
    ]);
  });

  test('that is silenced is told to nobody until the silence is over', async () => {
    const workspace = workspaceWith(scriptChannel);
    await runAt(workspace, calm, 'monitor');
    const { code } = await runAt(
      workspace,
      shifted,
      ...['alerts', 'silence', 'drift', '--until', '2h', '--reason', 'campaign'],
    );
    expect(code).toBe(0);
    await runAt(workspace, minutesOn(1), 'monitor');
    const { json } = await runAt(workspace, minutesOn(2), 'alerts');
    expect(json).toMatchObject({
      status: 'OK',
      alerts: [{ state: 'silenced' }],
      silences: [{ name: 'drift' }],
    });
    expect(subjects(workspace)).toEqual([]);
    await runAt(workspace, minutesOn(121), 'alerts', 'evaluate');
    expect(subjects(workspace)).toEqual(['[CRITICAL] sample: drift']);
  });

  test('several of one evaluation are one message; a WARNING waits for the end of quiet hours', async () => {
    const workspace = workspaceWith(
      `${scriptChannel}  quiet_hours: { from: "23:00", until: "06:00" }\n  rules: { label_coverage: { enabled: false } }\n`,
    );
    await runAt(workspace, shifted, 'monitor');
    await runAt(workspace, minutesOn(1), 'alerts', 'evaluate');
    expect(subjects(workspace)).toEqual(['[CRITICAL] sample: drift']);
    await runAt(workspace, minutesOn(359), 'alerts', 'deliver');
    expect(subjects(workspace)).toHaveLength(1);
    await runAt(workspace, minutesOn(360), 'alerts', 'deliver');
    expect(subjects(workspace).at(-1)).toBe('[WARNING] sample: export_age, backup_age');
  });

  test('of a rule that is switched off closes', async () => {
    const workspace = workspaceWith(scriptChannel);
    await runAt(workspace, shifted, 'monitor');
    const file = join(workspace, 'mlops.yaml');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('rules: {', 'rules: { drift: { enabled: false },'));
    const { json } = await runAt(workspace, minutesOn(1), 'alerts', 'evaluate');
    expect(json.resolved).toMatchObject([{ name: 'drift' }]);
  });

  test('goes only to the channels of its rule, and those that take its severity', async () => {
    const channel = (name: string, more = '') =>
      `    - { name: ${name}, kind: command, command: 'touch told-${name}'${more} }\n`;
    const workspace = workspaceWith(
      `  channels:\n${channel('a')}${channel('b')}${channel('c', ', minimum_severity: CRITICAL')}` +
        '  rules: { drift: { channels: [b], critical: null }, disk: { enabled: false }, monitoring_age: { enabled: false } }\n',
    );
    await runAt(workspace, shifted, 'monitor');
    expect(rows(workspace, 'SELECT channel, state FROM outbox')).toEqual([{ channel: 'b', state: 'sent' }]);
  });

  test('show tells the figures, the rule and who was told', async () => {
    const workspace = workspaceWith(scriptChannel);
    await runAt(workspace, shifted, 'monitor');
    const { json } = await runAt(workspace, minutesOn(1), 'alerts', 'show', '1');
    fitsSchema('alerts-show', json);
    expect(json).toMatchObject({
      name: 'drift',
      threshold: 0.5,
      page: 'high-drift',
      messages: [{ channel: 'script', state: 'sent', attempts: 1 }],
    });
    expect(json.observed).toBeCloseTo(6 / 7, 12);
  });
});

describe('a channel that is down', () => {
  test('does not fail the run; its messages wait, and are sent once it is back', async () => {
    const workspace = workspaceWith(
      "  channels: [{ name: script, kind: command, command: 'test -e up && cat >> told.jsonl' }]\n",
    );
    const run = await runMlops(['-C', workspace, '--as-of', shifted, 'monitor']);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('script was not reached: it ended with exit code 1');
    const waiting = await runAt(workspace, shifted, 'alerts');
    expect(waiting.json.undelivered).toMatchObject([{ channel: 'script', state: 'waiting', attempts: 1 }]);
    const [{ next_try_at }] = waiting.json.undelivered;
    const delay = Date.parse(next_try_at) - Date.parse(shifted);
    expect(delay).toBeGreaterThanOrEqual(15_000);
    expect(delay).toBeLessThanOrEqual(30_000);
    writeFileSync(join(workspace, 'up'), '');
    const tooEarly = await runAt(workspace, shifted, 'alerts', 'deliver');
    fitsSchema('alerts-deliver', tooEarly.json);
    expect(tooEarly).toMatchObject({ code: 1, json: { sent: [], failed: [], waiting: 1 } });
    expect(await runAt(workspace, next_try_at, 'alerts', 'deliver')).toMatchObject({ code: 0 });
    expect(subjects(workspace)).toEqual(['[CRITICAL] sample: drift']);
  });

  test('and asks for time with Retry-After is given it', async () => {
    await using server = await receiver((_request, response) =>
      response.writeHead(429, { 'retry-after': '600' }).end(),
    );
    const workspace = workspaceWith('  channels: [{ name: chat, kind: webhook, url_env: CHAT }]\n');
    const env = { CHAT: server.url };
    await runMlops(['-C', workspace, '--as-of', shifted, 'monitor'], { env });
    await runMlops(['-C', workspace, '--as-of', minutesOn(9), 'alerts', 'deliver'], { env });
    expect(server.received).toHaveLength(1);
    await runMlops(['-C', workspace, '--as-of', minutesOn(10), 'alerts', 'deliver'], { env });
    expect(server.received).toHaveLength(2);
    expect(new Set(server.received.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
  });

  test('refuses a message: it is not sent again by itself, but with --again', async () => {
    const answers = [400, 200];
    await using server = await receiver((_request, response) =>
      response.writeHead(answers.shift() ?? 500).end(),
    );
    const workspace = workspaceWith('  channels: [{ name: chat, kind: webhook, url_env: CHAT }]\n');
    const env = { CHAT: server.url };
    const deliver = (minutes: number, ...more: string[]) =>
      runMlops(['-C', workspace, '--as-of', minutesOn(minutes), 'alerts', 'deliver', ...more], { env });
    await runMlops(['-C', workspace, '--as-of', shifted, 'monitor'], { env });
    expect(await deliver(600)).toMatchObject({ code: 1, stdout: '0 sent, 0 waiting, 1 refused\n' });
    expect((await deliver(601, '--again')).code).toBe(0);
    expect(server.received).toHaveLength(2);
  });

  test('and taken out of mlops.yaml holds its messages for refused, with the reason', async () => {
    const workspace = workspaceWith("  channels: [{ name: script, kind: command, command: 'false' }]\n");
    await runAt(workspace, shifted, 'monitor');
    const file = join(workspace, 'mlops.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('name: script', 'name: other'));
    expect((await runAt(workspace, minutesOn(60), 'alerts', 'deliver')).json).toMatchObject({ refused: 1 });
    expect(rows(workspace, 'SELECT last_error FROM outbox')).toEqual([
      { last_error: "mlops.yaml has no channel 'script'" },
    ]);
  });
});

describe('kill -9', () => {
  test('twenty times during delivery loses nothing; what comes twice has the same key', async () => {
    const count = 60;
    const workspace = workspaceWith('  channels: [{ name: chat, kind: webhook, url_env: CHAT }]\n');
    const keys = fill(workspace, count);
    let kill: AbortController | undefined;
    let untilKill = 0;
    // In turn: before the answer, with the answer, and while the message after it is on its way.
    await using server = await receiver((_request, response) => {
      untilKill--;
      if (untilKill === 0 && kill !== undefined && server.received.length % 2 === 0) kill.abort();
      else response.end('ok', () => (untilKill === 0 ? kill?.abort() : undefined));
    });
    const env = { CHAT: server.url };
    const deliver = (signal?: AbortSignal) =>
      runMlops(['-C', workspace, '--as-of', shifted, 'alerts', 'deliver'], {
        env,
        ...(signal === undefined ? {} : { kill: signal }),
      });
    let killed = 0;
    for (let round = 0; round < 20; round++) {
      kill = new AbortController();
      untilKill = 1 + (round % 3);
      const outcome = await deliver(kill.signal);
      if (outcome.signal === 'SIGKILL') killed++;
    }
    kill = undefined;
    await deliver();
    expect(killed).toBe(20);
    expect(new Set(keysOf(server.received))).toEqual(new Set(keys));
    expect(firstSeen(server.received)).toEqual(keys);
    for (const key of keys) {
      const bodies = server.received.filter(({ headers }) => headers['idempotency-key'] === key);
      expect(new Set(bodies.map(({ body }) => body)).size).toBe(1);
    }
    // A kill between the answer and its record sends one again: never more than one a kill.
    expect(server.received.length).toBeGreaterThan(count);
    expect(server.received.length).toBeLessThanOrEqual(count + 20);
    expect(rows(workspace, 'SELECT state, count(*) AS n FROM outbox GROUP BY state')).toEqual([
      { state: 'sent', n: count },
    ]);
  });

  test('five processes that deliver at once send each message once, in order', async () => {
    const workspace = workspaceWith('  channels: [{ name: chat, kind: webhook, url_env: CHAT }]\n');
    const keys = fill(workspace, 20);
    await using server = await receiver((_request, response) => response.end('ok'));
    const env = { CHAT: server.url };
    const deliver = () => runMlops(['-C', workspace, '--as-of', shifted, 'alerts', 'deliver'], { env });
    await Promise.all([1, 2, 3, 4, 5].map(deliver));
    await deliver();
    expect(keysOf(server.received)).toEqual(keys);
  });
});

/** Puts so many messages for the channel `chat` into the outbox. */
function fill(workspace: string, count: number): readonly string[] {
  const store = openStore(join(workspace, '.mlops', 'store.db'), { create: false });
  const keys = Array.from({ length: count }, (_, index) => `key-${index}`);
  const created_at = Date.parse(shifted);
  store.change(() => {
    for (const key of keys) {
      const { subject, notification } = messageOf({ ...noted, summary: key });
      const payload = JSON.stringify(notification);
      addMessage(store, { key, channel: 'chat', subject, payload, created_at, next_try_at: created_at });
    }
  });
  store.close();
  return keys;
}

const keysOf = (received: readonly Received[]) => received.map(({ headers }) => headers['idempotency-key']);
const firstSeen = (received: readonly Received[]) => [...new Set(keysOf(received))];

describe('secrets', () => {
  test('never reach store, output or audit', async () => {
    await using server = await receiver((_request, response) => response.writeHead(500).end('S3CRET'));
    const workspace = workspaceWith(
      `  channels:\n    - { name: chat, kind: webhook, url_env: CHAT }\n    - { name: pager, kind: pagerduty, url: '${server.url}', routing_key_env: PAGER }\n    - { name: none, kind: webhook, url_env: NOT_SET }\n`,
    );
    const env = { CHAT: `${server.url}/S3CRET`, PAGER: 'S3CRET' };
    const run = await runMlops(['-C', workspace, '--as-of', shifted, '--verbose', 'monitor'], { env });
    const tried = await runMlops(['-C', workspace, '--verbose', 'alerts', 'test', 'chat'], { env });
    expect(tried.code).toBe(69);
    expect(server.received.length).toBe(3);
    expect(run.stderr).toContain('the environment variable NOT_SET is not set');
    for (const text of [run.stdout, run.stderr, tried.stdout, tried.stderr])
      expect(text).not.toContain('S3CRET');
    const content = ['store.db', 'store.db-wal'].map((name) => {
      try {
        return readFileSync(join(workspace, '.mlops', name), 'latin1');
      } catch {
        return '';
      }
    });
    expect(content.join('')).not.toContain('S3CRET');
  });

  test.each([
    [
      '{ name: m, kind: smtp, host: h, from: a, to: [b], password: hunter2 }',
      /password_env \(an environment/,
    ],
    ['{ name: w, kind: webhook, url: "http://127.0.0.1/hunter2" }', /url_env .* or url_file/],
    ['{ name: p, kind: pagerduty, url: "http://127.0.0.1/", routing_key: hunter2 }', /routing_key_env/],
    [
      '{ name: a, kind: alertmanager, url: "http://u:hunter2@127.0.0.1/" }',
      /without user, password or query/,
    ],
  ])('that stand in mlops.yaml are refused with the reason: %s', async (channel, why) => {
    const workspace = workspaceWith(`  channels:\n    - ${channel}\n`);
    const outcome = await runMlops(['-C', workspace, 'alerts']);
    expect(outcome.code).toBe(78);
    expect(outcome.stderr).toMatch(why);
    expect(outcome.stderr).not.toContain('hunter2');
  });
});

describe('a wrong configuration is named', () => {
  test.each([
    ['  channels: [{ name: x, kind: pigeon }]\n', 'expected one of: smtp, webhook, pagerduty'],
    ['  channels: [{ name: x, kind: command, command: a, colour: red }]\n', 'expected only these keys: name'],
    ['  rules: { drif: {} }\n', "unknown key 'alerts.rules.drif'"],
    ['  rules: { drift: { channels: [mail] } }\n', 'none is set up under alerts.channels'],
    ['  rules: { store: { warning: 3 } }\n', "unknown key 'alerts.rules.store.warning'"],
    ['  quiet_hours: { from: 22, until: "06:00" }\n', 'alerts.quiet_hours.from'],
    ['  quiet_hours: { from: "22:00", until: "06:00", zone: Vienna }\n', 'expected a time zone'],
    ['  channels: [{ name: x, kind: textfile, path: a.txt }]\n', 'ends with .prom'],
  ])('%s', async (alerts, said) => {
    const outcome = await runMlops(['-C', workspaceWith(alerts), 'alerts']);
    expect(outcome.code).toBe(78);
    expect(outcome.stderr).toContain(said);
  });

  test.each([
    ['alerts', 'test', 'pigeon'],
    ['alerts', 'silence', 'pigeon', '--until', '2h', '--reason', 'x'],
    ['alerts', 'silence', 'drift', '--until', '2020-01-01T00:00:00Z', '--reason', 'x'],
    ['alerts', 'silence', 'drift', '--reason', 'x'],
    ['alerts', 'silence', 'drift', '--until', '2h'],
    ['alerts', 'ack', 'one'],
    ['escalate', 'pigeon'],
  ])('%s %s %s is a usage error', async (...commandLine) => {
    expect((await runMlops(['-C', original, ...commandLine])).code).toBe(64);
  });

  test('an alert that is not there is no input', async () => {
    expect((await runMlops(['-C', original, 'alerts', 'ack', '99'])).code).toBe(66);
    expect((await runMlops(['-C', original, 'alerts', 'show', '99'])).code).toBe(66);
  });
});

describe('escalate', () => {
  const escalation =
    'escalation:\n  api_down: { rota: { start: 2026-09-21, people: [{ name: Ada }, { name: Grace }] }, next: infrastructure }\n  infrastructure: { next: null }\n';

  test('asks who is on call, opens an incident, and goes to the next who has not answered in time', async () => {
    const workspace = workspaceWith(scriptChannel, escalation);
    const asked = await runAt(workspace, shifted, 'escalate', 'api_down', '--message', 'port taken');
    fitsSchema('escalate', asked.json);
    expect(asked.json).toMatchObject({
      on_call: 'Grace',
      deadline: minutesOn(15),
      incident: 1,
      opened: true,
    });
    await runAt(workspace, minutesOn(15), 'alerts', 'deliver');
    expect(told(workspace)).toHaveLength(1);
    await runAt(workspace, minutesOn(16), 'alerts', 'deliver');
    expect(told(workspace).map(({ subject }) => subject.replace(/,? please.*/, ''))).toEqual([
      '[ESCALATION] sample: Production API Down: port taken (Grace, On-call engineer',
      '[ESCALATION] sample: Production API Down: port taken (DevOps Team',
    ]);
    await runAt(workspace, minutesOn(16 + 121), 'alerts', 'deliver');
    const shown = await runAt(workspace, minutesOn(140), 'alerts', 'show', `${asked.json.alert}`);
    expect(shown.json.escalation).toMatchObject({ state: 'exhausted', steps: [{}, {}] });
    const [{ evidence }] = rows(workspace, 'SELECT evidence FROM incident') as [{ evidence: string }];
    expect(JSON.parse(evidence)).toHaveLength(3);
  });

  test('ends when somebody acknowledges it', async () => {
    const workspace = workspaceWith(scriptChannel, escalation);
    const { json } = await runAt(workspace, shifted, 'escalate', 'Production API Down');
    await runAt(workspace, minutesOn(10), 'alerts', 'ack', `${json.alert}`, '--reason', 'restarting it');
    await runAt(workspace, minutesOn(600), 'alerts', 'deliver');
    expect(subjects(workspace)).toHaveLength(2);
    expect(subjects(workspace)[1]).toMatch(/^\[TAKEN\] sample: .* has taken it: restarting it$/);
    expect((await runAt(workspace, minutesOn(601), 'alerts')).json.alerts).toEqual([]);
  });

  test('ends when its incident is closed', async () => {
    const workspace = workspaceWith(scriptChannel, escalation);
    await runAt(workspace, shifted, 'escalate', 'api_down');
    const store = new Database(join(workspace, '.mlops', 'store.db'));
    store.prepare('UPDATE incident SET closed_at = ?').run(Date.parse(minutesOn(5)));
    store.close();
    await runAt(workspace, minutesOn(600), 'alerts', 'deliver');
    expect(subjects(workspace)[1]).toMatch(/^\[TAKEN\].*incident 1 was closed$/);
    expect((await runAt(workspace, minutesOn(601), 'alerts')).json.alerts).toEqual([]);
  });

  test('the same issue again is noted in the incident that is open', async () => {
    const workspace = workspaceWith(scriptChannel, escalation);
    await runAt(workspace, shifted, 'escalate', 'api_down');
    const { json } = await runAt(workspace, minutesOn(5), 'escalate', 'api_down', '--message', 'worse');
    expect(json).toMatchObject({ incident: 1, opened: false });
    expect(rows(workspace, 'SELECT count(*) AS n FROM incident')).toEqual([{ n: 1 }]);
    expect(told(workspace)).toHaveLength(2);
  });

  test('without a channel says to call, and the incident stands all the same', async () => {
    const workspace = workspaceWith('');
    const outcome = await runMlops(['-C', workspace, '--as-of', shifted, 'escalate', 'high-drift']);
    expect(outcome.code).toBe(1);
    expect(outcome.stdout).toContain('call Data Science Lead yourself');
    expect(rows(workspace, 'SELECT contact FROM incident')).toEqual([{ contact: 'Data Science Lead' }]);
  });

  test('contacts shows the runbook’s four rows with who has them now', async () => {
    const workspace = workspaceWith(scriptChannel, escalation);
    const { json } = await runAt(workspace, shifted, 'contacts');
    fitsSchema('contacts', json);
    expect(
      json.contacts.map((row: Record<string, string>) => [row.contact, row.response, row.on_call]),
    ).toEqual([
      ['On-call engineer', 'Immediate', 'Grace'],
      ['Data Science Lead', '4 hours', null],
      ['ML Engineer', 'Next business day', null],
      ['DevOps Team', '2 hours', null],
    ]);
  });
});

test('a damaged store is told to the channels directly, once in `repeat`, until it opens again', async () => {
  const workspace = workspaceWith(scriptChannel);
  const store = join(workspace, '.mlops', 'store.db');
  const whole = readFileSync(store);
  writeFileSync(
    store,
    'this is no store, and was never one, whatever its name may say: it is a text. '.repeat(99),
  );
  const evaluate = (minutes: number) =>
    runMlops(['-C', workspace, '--as-of', minutesOn(minutes), 'alerts', 'evaluate']);
  expect((await evaluate(0)).code).toBe(65);
  await evaluate(5);
  expect(subjects(workspace)).toEqual(['[CRITICAL] sample: store']);
  await evaluate(240);
  expect(subjects(workspace)).toHaveLength(2);
  writeFileSync(store, whole);
  expect((await evaluate(241)).code).not.toBe(65);
});

test('a service that does not answer, and one that is slow, are alerts of their own', async () => {
  await using server = await receiver((_request, response) => response.end('ok'));
  const workspace = workspaceWith(scriptChannel);
  const file = join(workspace, 'mlops.yaml');
  const services = (url: string) =>
    `services:\n  - { name: API, url: '${server.url}', warning_ms: 0.001, critical_ms: 10000 }\n  - { name: MLflow, url: '${url}', warning_ms: 10000, critical_ms: 10000 }\n`;
  const text = readFileSync(file, 'utf8');
  const gone = await receiver(() => undefined);
  await gone[Symbol.asyncDispose]();
  writeFileSync(file, text.replace('services: []\n', services(gone.url)));
  const evaluate = async (minutes: number) => {
    const { json } = await runAt(workspace, minutesOn(minutes), 'alerts', 'evaluate');
    return json.open.map(({ name, severity }: Record<string, string>) => `${severity} ${name}`);
  };
  expect(await evaluate(0)).toEqual(['CRITICAL service:MLflow']);
  expect(await evaluate(5)).toEqual(['CRITICAL service:MLflow', 'WARNING api_latency:API']);
  writeFileSync(file, text);
  expect(await evaluate(10)).toEqual([]);
});

test('rules shows the whole table with the runbook’s numbers', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mlops-test-'));
  await runMlops(['-C', folder, 'init', '--model', 'credit', '--schema', 'schema.json']);
  const outcome = await runMlops(['-C', folder, '--json', 'alerts', 'rules']);
  const { rules } = JSON.parse(outcome.stdout);
  fitsSchema('alerts-rules', { rules });
  const limits = rules
    .filter((rule: { kind: string }) => rule.kind === 'threshold')
    .map((rule: Record<string, unknown>) => [rule.name, rule.warning, rule.critical]);
  expect(limits).toEqual([
    ['api_latency', null, null],
    ['volume_high', 10_000, null],
    ['drift', 0.3, 0.5],
    ['f1', 0.05, 0.1],
    ['brier', 0.2, null],
    ['disk', 0.8, 0.95],
    ['monitoring_age', 48, null],
    ['export_age', 192, null],
    ['backup_age', 192, null],
  ]);
});
