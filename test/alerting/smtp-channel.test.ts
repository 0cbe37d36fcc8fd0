import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { sendThrough } from '../../src/alerting/channels/index.ts';
import type { ChannelConfiguration } from '../../src/workspace/index.ts';
import { type Certificate, selfSigned } from './certificates.ts';
import { drift, messageOf } from './messages.ts';
import { portOf } from './receivers.ts';

const root = mkdtempSync(join(tmpdir(), 'mlops-test-'));
const own = selfSigned('DNS:localhost');
const foreign = selfSigned('DNS:elsewhere.example');

interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  readonly text: string;
  readonly secure: boolean;
}

/** A real SMTP server on this machine; refuses what `options` say. */
async function mailServer(options: SMTPServerOptions, { key, cert }: Certificate = own) {
  const mails: Mail[] = [];
  const server = new SMTPServer({
    key,
    cert,
    authOptional: true,
    logger: false,
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        mails.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          text: Buffer.concat(chunks).toString('utf8'),
          secure: session.secure,
        });
        done();
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    mails,
    port: portOf(server.server.address()),
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

type Smtp = Extract<ChannelConfiguration, { kind: 'smtp' }>;

function mailChannel(port: number, more: Partial<Smtp> = {}): Smtp {
  return {
    name: 'mail',
    kind: 'smtp',
    minimum_severity: 'WARNING',
    timeout_ms: 5_000,
    host: 'localhost',
    port,
    security: 'starttls',
    ca_file: own.certFile,
    from: 'mlops <mlops@example.org>',
    to: ['team@example.org', 'lead@example.org'],
    ...more,
  };
}

const send = (channel: Smtp, message = messageOf(drift)) =>
  sendThrough(channel, message, { root, now: 0, signal: new AbortController().signal });

afterEach(() => vi.unstubAllEnvs());

describe('mail', () => {
  test.each(['starttls', 'tls'] as const)(
    'goes encrypted with %s: text, Message-ID, the report’s summary',
    async (security) => {
      await using server = await mailServer({ secure: security === 'tls' });
      expect(await send(mailChannel(server.port, { security }))).toEqual({ kind: 'sent' });
      const [mail] = server.mails;
      expect(mail).toMatchObject({
        from: 'mlops@example.org',
        to: ['team@example.org', 'lead@example.org'],
        secure: true,
      });
      expect(mail?.text).toContain('Subject: [CRITICAL] credit: drift');
      expect(mail?.text).toContain('Message-ID: <0123456789ab.mukhds00.7@example.org>');
      expect(mail?.text).toContain('Auto-Submitted: auto-generated');
      expect(mail?.text).toContain('mlops alerts ack 3');
      expect(mail?.text).toMatch(/Content-Disposition: attachment; filename=monitoring-run-1.txt/);
    },
  );

  test('of a second attempt has the same Message-ID', async () => {
    await using server = await mailServer({});
    await send(mailChannel(server.port));
    await send(mailChannel(server.port));
    const ids = server.mails.map(({ text }) => /^Message-ID: (.*)$/m.exec(text)?.[1]);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  test('is not sent to a server that offers no encryption, unless it is asked for', async () => {
    await using server = await mailServer({ disabledCommands: ['STARTTLS'] });
    expect(await send(mailChannel(server.port))).toMatchObject({ kind: 'retry' });
    expect(server.mails).toEqual([]);
    expect(await send(mailChannel(server.port, { security: 'none' }))).toEqual({ kind: 'sent' });
  });

  test.each([
    ['of another host', foreign, foreign.certFile],
    ['that nobody vouches for', own, undefined],
  ])('is not sent to a server with a certificate %s', async (_what, certificate, ca_file) => {
    await using server = await mailServer({}, certificate);
    const { ca_file: _own, ...channel } = mailChannel(server.port);
    const delivery = await send(ca_file === undefined ? channel : { ...channel, ca_file });
    expect(delivery).toMatchObject({ kind: 'retry', why: expect.stringMatching(/certificate|altnames/i) });
    expect(server.mails).toEqual([]);
  });

  test('logs in with a password from the environment; a refused login never tells it', async () => {
    await using server = await mailServer({
      authOptional: false,
      onAuth: ({ username, password }, _session, done) =>
        username === 'mlops' && password === 'S3CRET'
          ? done(null, { user: username })
          : done(new Error(`no: ${username} ${password}`)),
    });
    const channel = mailChannel(server.port, { user: 'mlops', password_env: 'TEST_PASSWORD' });
    vi.stubEnv('TEST_PASSWORD', 'S3CRET');
    expect(await send(channel)).toEqual({ kind: 'sent' });
    vi.stubEnv('TEST_PASSWORD', 'WR0NG');
    const delivery = await send(channel);
    expect(delivery.kind).toBe('retry');
    expect(JSON.stringify(delivery)).not.toContain('WR0NG');
    expect(server.mails).toHaveLength(1);
  });

  test.each([
    [450, 'retry'],
    [550, 'refused'],
  ])('that the server answers with %d for a recipient is %s', async (responseCode, kind) => {
    await using server = await mailServer({
      onRcptTo: (_address, _session, done) => done(Object.assign(new Error('not now'), { responseCode })),
    });
    expect(await send(mailChannel(server.port))).toMatchObject({ kind });
    expect(server.mails).toEqual([]);
  });

  test('to a server that says nothing is left after its time', async () => {
    await using server = await mailServer({ onConnect: () => undefined });
    const delivery = await send(mailChannel(server.port, { timeout_ms: 200 }));
    expect(delivery.kind).toBe('retry');
  });

  test('of an escalation goes to the person on call', async () => {
    await using server = await mailServer({});
    const message = messageOf(drift);
    await send(mailChannel(server.port), {
      ...message,
      notification: { ...message.notification, mail_to: ['ada@example.org'] },
    });
    expect(server.mails[0]?.to).toEqual(['ada@example.org']);
  });

  test('a name with a line break cannot add a header', async () => {
    await using server = await mailServer({});
    const subject = 'drift\r\nBcc: mallory@example.org';
    expect(await send(mailChannel(server.port), { ...messageOf(drift), subject })).toEqual({ kind: 'sent' });
    expect(server.mails[0]?.text).not.toMatch(/^Bcc:/m);
    expect(server.mails[0]?.to).not.toContain('mallory@example.org');
  });
});
