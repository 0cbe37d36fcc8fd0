import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { rootCertificates } from 'node:tls';
import { ConfigurationError, systemErrorCode } from '../../platform/errors.ts';
import type { ChannelOf } from '../../workspace/index.ts';
import { bodyOf } from '../notifications/message-text.ts';
import type { OutgoingMessage } from '../notifications/notification.ts';
import type { Delivery, Send, SendContext } from './channel.ts';

const ports = { starttls: 587, tls: 465, none: 25 } as const;

/** Mail by SMTP, plain text, the report's summary attached. Its Message-ID is made from the key: the same at every attempt. */
export const sendBySmtp: Send<ChannelOf<'smtp'>> = async (channel, message, context) => {
  const { createTransport } = await import('nodemailer');
  const { host, port, security, from, to, timeout_ms } = channel;
  const transport = createTransport({
    host,
    port: port ?? ports[security],
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    tls: trusted(channel, context),
    connectionTimeout: timeout_ms,
    greetingTimeout: timeout_ms,
    socketTimeout: timeout_ms,
    ...login(channel, context),
  });
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  const stop = () => reject(context.signal.reason);
  context.signal.addEventListener('abort', stop, { once: true });
  try {
    await Promise.race([transport.sendMail(mailOf(from, to, message)), stopped]);
    return { kind: 'sent' };
  } catch (error) {
    return failure(error);
  } finally {
    context.signal.removeEventListener('abort', stop);
    transport.close();
  }
};

function trusted({ ca_file }: ChannelOf<'smtp'>, { root }: SendContext) {
  if (ca_file === undefined) return {};
  try {
    return { ca: [...rootCertificates, readFileSync(resolve(root, ca_file), 'utf8')] };
  } catch (error) {
    throw new ConfigurationError(`ca_file ${ca_file} cannot be read`, {
      why: systemErrorCode(error) ?? 'it is no file',
      remedy: 'name a file of PEM certificates',
    });
  }
}

function login({ user, password_env: env, password_file: file }: ChannelOf<'smtp'>, context: SendContext) {
  if (user === undefined) return {};
  return { auth: { user, pass: context.secret({ key: 'password', env, file }) } };
}

function mailOf(from: string, to: readonly string[], { key, subject, notification }: OutgoingMessage) {
  const domain = /@([\w.-]+)/.exec(from)?.[1] ?? 'mlops.invalid';
  const { attachment } = notification;
  return {
    from,
    to: [...(notification.mail_to ?? to)],
    subject,
    text: bodyOf(notification),
    date: new Date(notification.at),
    messageId: `<${key}@${domain}>`,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Mlops-Key': key },
    attachments:
      attachment === null
        ? []
        : [{ filename: attachment.name, content: attachment.text, contentType: 'text/plain; charset=utf-8' }],
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** A 5xx of RFC 5321 about the message or its addresses is final; about the login it is mended in the configuration. */
function failure(error: unknown): Delivery {
  if (error instanceof DOMException) return { kind: 'retry', why: 'no answer within its time' };
  if (!(error instanceof Error)) return { kind: 'retry', why: String(error) };
  const response = 'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : 0;
  const why = error.message.replace(/\s+/g, ' ').slice(0, 300);
  const final = response >= 550 && response < 560 && systemErrorCode(error) !== 'EAUTH';
  return final ? { kind: 'refused', why } : { kind: 'retry', why };
}
