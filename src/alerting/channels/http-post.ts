import { connectionFailures } from '../../platform/connection-failures.ts';
import { ConfigurationError, systemErrorCode } from '../../platform/errors.ts';
import type { Delivery, SecretSource, SendContext } from './channel.ts';

interface AddressSource {
  readonly url?: string | undefined;
  readonly url_env?: string | undefined;
  readonly url_file?: string | undefined;
}

/** The address of a channel. @throws ConfigurationError when the secret that should be one is none; it never tells it */
export function addressOf({ url, url_env, url_file }: AddressSource, context: SendContext): URL {
  if (url !== undefined) return new URL(url);
  const source: SecretSource = { key: 'url', env: url_env, file: url_file };
  const address = URL.parse(context.secret(source));
  if (address !== null && /^https?:$/.test(address.protocol)) return address;
  throw new ConfigurationError(`${url_env ?? url_file} holds no address`, {
    why: 'an address starts with http:// or https://',
    remedy: 'correct it where it is set',
  });
}

export interface Post {
  readonly address: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/**
 * Posts JSON and says what became of it. Taken is any status of 200 to 299. Redirections are not followed: what is posted may
 * be secret, and goes to the address that was named and to no other.
 */
export async function postJson({ address, headers, body }: Post, context: SendContext): Promise<Delivery> {
  const target = new URL(address);
  target.username = '';
  target.password = '';
  try {
    const response = await fetch(target, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/json', ...credentialsOf(address), ...headers },
      body: JSON.stringify(body),
      signal: context.signal,
    });
    await response.body?.cancel().catch(() => undefined);
    return judgeStatus(response.status, response.headers.get('retry-after'), context.now);
  } catch (error) {
    return { kind: 'retry', why: silence(error) };
  }
}

function credentialsOf({ username, password }: URL): Readonly<Record<string, string>> {
  return username === '' && password === ''
    ? {}
    : basicAuthorization(decodeURIComponent(username), decodeURIComponent(password));
}

export function basicAuthorization(user: string, password: string): Readonly<Record<string, string>> {
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}

/** Statuses that say the message itself is wrong; others can be mended on the way. */
const refusing: readonly number[] = [400, 413, 422];

export function judgeStatus(status: number, retryAfter: string | null, now: number): Delivery {
  if (status >= 200 && status < 300) return { kind: 'sent' };
  if (refusing.includes(status))
    return { kind: 'refused', why: `it answered ${status}: it does not accept the message` };
  const afterMs = retryAfterMs(retryAfter, now);
  const meaning = meanings[status] ?? (status >= 300 && status < 400 ? 'it redirects elsewhere' : undefined);
  const why = `it answered ${status}${meaning === undefined ? '' : `: ${meaning}`}`;
  return { kind: 'retry', why, ...(afterMs === undefined ? {} : { afterMs }) };
}

const meanings: Readonly<Record<number, string>> = {
  401: 'it does not accept the credentials',
  403: 'it does not permit this',
  404: 'the address is wrong',
  410: 'the address is no longer in use',
  429: 'it is sent too much',
};

/** Retry-After as RFC 9110 has it: seconds, or a date. */
function retryAfterMs(text: string | null, now: number): number | undefined {
  if (text === null) return undefined;
  if (/^\d+$/.test(text.trim())) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function silence(error: unknown): string {
  if (error instanceof DOMException && error.name === 'TimeoutError') return 'no answer within its time';
  const cause = error instanceof Error ? error.cause : undefined;
  const code = systemErrorCode(cause);
  if (code === undefined) return cause instanceof Error ? cause.message : 'the connection failed';
  return (
    connectionFailures[code] ??
    (/CERT|SELF_SIGNED|ISSUER/.test(code) ? `its certificate is not trusted (${code})` : code)
  );
}
