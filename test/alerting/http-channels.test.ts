import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { judgeStatus } from '../../src/alerting/channels/http-post.ts';
import { sendThrough } from '../../src/alerting/channels/index.ts';
import type { ChannelConfiguration } from '../../src/workspace/index.ts';
import { selfSigned } from './certificates.ts';
import { drift, messageOf, resolved } from './messages.ts';
import { portOf, receiver } from './receivers.ts';

const now = Date.parse('2026-09-28T00:00:00Z');
const root = mkdtempSync(join(tmpdir(), 'mlops-test-'));
const common = { minimum_severity: 'WARNING', timeout_ms: 5_000 } as const;
const chat: ChannelConfiguration = { ...common, name: 'chat', kind: 'webhook', url_env: 'TEST_WEBHOOK' };
const send = (channel: ChannelConfiguration, message = messageOf(drift)) =>
  sendThrough(channel, message, { root, now, signal: new AbortController().signal });

beforeEach(() => vi.stubEnv('TEST_KEY', 'R0UT1NG'));
afterEach(() => vi.unstubAllEnvs());

describe('a webhook', () => {
  test('is sent text as Slack takes it, its three special characters escaped, with the key', async () => {
    await using server = await receiver((_request, response) => response.end('ok'));
    vi.stubEnv('TEST_WEBHOOK', `${server.url}/services/T0/B0/SECRET`);
    expect(await send(chat)).toEqual({ kind: 'sent' });
    const [{ path, headers, body } = { path: '', headers: {}, body: '' }] = server.received;
    expect(path).toBe('/services/T0/B0/SECRET');
    expect(headers['idempotency-key']).toBe('0123456789ab.mukhds00.7');
    const { text } = JSON.parse(body);
    expect(text).toContain('*[CRITICAL] credit: drift*');
    expect(text).toContain('&lt;ratio&gt; &amp; more');
    expect(text).toContain('mlops alerts ack 3');
  });

  test.each([
    [500, {}, { kind: 'retry', why: 'it answered 500' }],
    [503, { 'retry-after': '120' }, { kind: 'retry', why: 'it answered 503', afterMs: 120_000 }],
    [
      429,
      { 'retry-after': '7' },
      { kind: 'retry', why: 'it answered 429: it is sent too much', afterMs: 7_000 },
    ],
    [404, {}, { kind: 'retry', why: 'it answered 404: the address is wrong' }],
    [
      302,
      { location: 'http://127.0.0.1:1/' },
      { kind: 'retry', why: 'it answered 302: it redirects elsewhere' },
    ],
    [400, {}, { kind: 'refused', why: 'it answered 400: it does not accept the message' }],
  ])('that answers %d with %j', async (status, headers, expected) => {
    await using server = await receiver((_request, response) =>
      response.writeHead(status, headers).end('no'),
    );
    vi.stubEnv('TEST_WEBHOOK', server.url);
    expect(await send(chat)).toEqual(expected);
    expect(server.received).toHaveLength(1);
  });

  test('Retry-After may be a date (RFC 9110)', () => {
    const later = 'Mon, 28 Sep 2026 00:01:30 GMT';
    expect(judgeStatus(429, later, now)).toMatchObject({ afterMs: 90_000 });
    expect(judgeStatus(429, 'nonsense', now)).not.toHaveProperty('afterMs');
  });

  test('that does not answer is left after its time', async () => {
    await using server = await receiver(() => undefined);
    vi.stubEnv('TEST_WEBHOOK', server.url);
    expect(await send({ ...chat, timeout_ms: 100 })).toEqual({
      kind: 'retry',
      why: 'no answer within its time',
    });
  });

  test('that breaks off before it has answered is tried again', async () => {
    await using server = await receiver((request) => request.socket.destroy());
    vi.stubEnv('TEST_WEBHOOK', server.url);
    expect(await send(chat)).toEqual({ kind: 'retry', why: 'it broke the connection off' });
  });

  test('that took the message and breaks off in its answer has taken it', async () => {
    await using server = await receiver((request, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('half', () => request.socket.destroy());
    });
    vi.stubEnv('TEST_WEBHOOK', server.url);
    expect(await send(chat)).toEqual({ kind: 'sent' });
  });

  test('where nothing listens', async () => {
    const gone = await receiver(() => undefined);
    await gone[Symbol.asyncDispose]();
    vi.stubEnv('TEST_WEBHOOK', gone.url);
    expect(await send(chat)).toMatchObject({
      kind: 'retry',
      why: expect.stringContaining('nothing listens'),
    });
  });

  test('with a certificate that nobody trusts is not sent the message', async () => {
    const { key, cert } = selfSigned('IP:127.0.0.1');
    let asked = 0;
    const server = createServer({ key, cert }, (_request, response) => {
      asked++;
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    vi.stubEnv('TEST_WEBHOOK', `https://127.0.0.1:${portOf(server.address())}`);
    expect(await send(chat)).toMatchObject({
      kind: 'retry',
      why: expect.stringMatching(/^its certificate is not trusted \(/),
    });
    expect(asked).toBe(0);
    server.close();
  });

  test('whose address is not set, or is none, says so and never tells it', async () => {
    vi.stubEnv('TEST_WEBHOOK', '');
    expect(await send(chat)).toMatchObject({ why: expect.stringContaining('TEST_WEBHOOK is not set') });
    vi.stubEnv('TEST_WEBHOOK', 'S3CRET');
    expect(await send(chat)).toMatchObject({ why: expect.stringContaining('TEST_WEBHOOK holds no address') });
    expect(JSON.stringify(await send(chat))).not.toContain('S3CRET');
  });
});

describe('PagerDuty', () => {
  const pager = (url: string): ChannelConfiguration => ({
    ...common,
    name: 'pager',
    kind: 'pagerduty',
    url,
    routing_key_env: 'TEST_KEY',
  });

  test('is sent an event of API v2 whose dedup_key is the alert’s, and its end', async () => {
    await using server = await receiver((_request, response) => response.writeHead(202).end('{}'));
    expect(await send(pager(server.url))).toEqual({ kind: 'sent' });
    expect(await send(pager(server.url), messageOf(resolved))).toEqual({ kind: 'sent' });
    const [trigger, end] = server.received.map(({ body }) => JSON.parse(body));
    expect(trigger).toMatchObject({
      routing_key: 'R0UT1NG',
      event_action: 'trigger',
      dedup_key: 'credit-0123456789ab-3',
      payload: { severity: 'critical', source: 'credit', component: 'drift' },
    });
    expect(end).toEqual({
      routing_key: 'R0UT1NG',
      event_action: 'resolve',
      dedup_key: 'credit-0123456789ab-3',
    });
  });

  test('the key may lie in a file, beside the workspace', async () => {
    await using server = await receiver((_request, response) => response.writeHead(202).end('{}'));
    writeFileSync(join(root, 'pager.key'), 'FR0MF1LE\n');
    const channel = {
      ...common,
      name: 'p',
      kind: 'pagerduty',
      url: server.url,
      routing_key_file: 'pager.key',
    } as const;
    expect(await send(channel)).toEqual({ kind: 'sent' });
    expect(JSON.parse(server.received[0]?.body ?? '').routing_key).toBe('FR0MF1LE');
  });
});

test('Alertmanager is sent what is open with an end in the future, and what is over with its end', async () => {
  await using server = await receiver((_request, response) => response.end());
  const channel: ChannelConfiguration = {
    ...common,
    name: 'am',
    kind: 'alertmanager',
    url: `${server.url}/prefix/`,
    hold: '25h',
    user: 'ada',
    password_env: 'TEST_KEY',
  };
  const muted = { ...drift, id: 4, muted: true };
  expect(await send(channel, messageOf(drift, { ...resolved, key: 'k2' }, muted))).toEqual({ kind: 'sent' });
  const [{ path, headers, body } = { path: '', headers: {}, body: '' }] = server.received;
  expect(path).toBe('/prefix/api/v2/alerts');
  expect(headers.authorization).toBe(`Basic ${Buffer.from('ada:R0UT1NG').toString('base64')}`);
  expect(JSON.parse(body)).toMatchObject([
    {
      labels: { alertname: 'mlops_drift', severity: 'critical', model: 'credit' },
      endsAt: '2026-09-29T01:00:00.000Z',
    },
    { labels: { alert_id: 'k2' }, endsAt: '2026-09-28T06:00:00.000Z' },
  ]);
  expect(JSON.parse(body)).toHaveLength(2);
});

describe('a command', () => {
  const command = (text: string, timeout_ms = 5_000): ChannelConfiguration => ({
    ...common,
    name: 'script',
    kind: 'command',
    command: text,
    timeout_ms,
  });

  test('reads the message as JSON, and its key', async () => {
    expect(await send(command('cat > got.json; printf %s "$MLOPS_MESSAGE_KEY" > key'))).toEqual({
      kind: 'sent',
    });
    expect(JSON.parse(readFileSync(join(root, 'got.json'), 'utf8'))).toMatchObject({
      key: '0123456789ab.mukhds00.7',
      alerts: [{ name: 'drift', severity: 'CRITICAL' }],
    });
    expect(readFileSync(join(root, 'key'), 'utf8')).toBe('0123456789ab.mukhds00.7');
  });

  test.each([
    ['exit 3', 'it ended with exit code 3'],
    ['kill -9 $$', 'it was ended by SIGKILL'],
    ['no-such-command', 'it ended with exit code 127'],
  ])('%s: %s', async (text, why) => {
    expect(await send(command(text))).toEqual({ kind: 'retry', why });
  });

  test('that does not read what it is sent is judged by its exit', async () => {
    const long = messageOf({ ...drift, summary: 'x'.repeat(1_000_000) });
    expect(await send(command('exit 0'), long)).toEqual({ kind: 'sent' });
  });

  test('that hangs is killed with all it started', async () => {
    const delivery = await send(command('sleep 600 & echo $! > sleeper; wait', 300));
    expect(delivery).toEqual({ kind: 'retry', why: 'it did not end within its time' });
    const sleeper = Number(readFileSync(join(root, 'sleeper'), 'utf8'));
    await expect.poll(() => stateOf(sleeper)).toMatch(/^$|Z/);
  });
});

/** Empty when the process is gone; Z when it ended and nobody has asked for its exit yet. */
function stateOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.[0] ?? '';
  } catch {
    return '';
  }
}

test('the textfile holds every open alert, labels escaped, and is replaced as a whole', async () => {
  const channel: ChannelConfiguration = { ...common, name: 'prom', kind: 'textfile', path: 'mlops.prom' };
  const odd = { ...drift, name: 'api_latency:a "b"\\c' };
  expect(await send(channel, messageOf(odd, resolved))).toEqual({ kind: 'sent' });
  const lines = readFileSync(join(root, 'mlops.prom'), 'utf8').split('\n');
  expect(lines.filter((line) => line.startsWith('mlops_alert_firing{'))).toEqual([
    String.raw`mlops_alert_firing{model="credit",alert="api_latency:a \"b\"\\c",rule="drift",severity="critical",muted="false"} 1`,
  ]);
  expect(lines.at(-1)).toBe('');
});
