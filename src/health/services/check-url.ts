import { systemErrorCode } from '../../platform/errors.ts';
import { figure } from '../../report/figures.ts';
import { bodyPattern, type UrlService } from '../../workspace/index.ts';
import type { Finding } from '../check.ts';
import { isCertificateFault, refusalInWords, silentFinding, timedFinding } from './service-finding.ts';

export type ServiceAnswer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly ms: number;
      /** Begin of the body, read only where `expect_body` asks for it. */
      readonly body?: string;
    }
  /** `code` is that of the connection's failure; undefined where the time was up. */
  | { readonly kind: 'silence'; readonly why: string; readonly code?: string };

/** Bytes of a body that are looked at. */
const mostBytes = 1_000_000;

export async function examineUrl(service: UrlService, signal: AbortSignal): Promise<Finding> {
  return judgeAnswer(service, await askUrl(service, signal));
}

export async function askUrl(
  { url, timeout_ms, expect_body }: UrlService,
  signal: AbortSignal,
): Promise<ServiceAnswer> {
  const started = performance.now();
  try {
    const response = await fetch(withoutCredentials(url), {
      headers: authorization(url),
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeout_ms)]),
    });
    const body = expect_body === undefined ? undefined : await beginOf(response);
    const ms = performance.now() - started;
    if (body === undefined) await response.body?.cancel();
    return { kind: 'answer', status: response.status, ms, ...(body === undefined ? {} : { body }) };
  } catch (error) {
    if (error instanceof DOMException && error.name === 'TimeoutError')
      return {
        kind: 'silence',
        why: `no answer within ${figure(Math.round(performance.now() - started))} ms`,
      };
    const cause = error instanceof Error ? error.cause : undefined;
    const code = systemErrorCode(cause);
    const message = cause instanceof Error && cause.message !== '' ? cause.message : String(error);
    return {
      kind: 'silence',
      why: refusalInWords(code) ?? message,
      ...(code === undefined ? {} : { code }),
    };
  }
}

async function beginOf(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop early closes the connection.
  for await (const part of response.body ?? []) {
    parts.push(part);
    bytes += part.length;
    if (bytes >= mostBytes) break;
  }
  return Buffer.concat(parts).toString('utf8');
}

/** fetch refuses an address with user name and password in it; they go into a header. */
function withoutCredentials(url: string): URL {
  const address = new URL(url);
  address.username = '';
  address.password = '';
  return address;
}

function authorization(url: string): Readonly<Record<string, string>> {
  const { username, password } = new URL(url);
  if (username === '' && password === '') return {};
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` };
}

/**
 * No answer, a status from 500, a body without what `expect_body` asks for and an answer slower than `critical_ms` are CRITICAL.
 * Another status from 400, or than `expect_status`, is a WARNING: the service is up, and it is the address or the permission
 * that is wrong.
 */
export function judgeAnswer(service: UrlService, answer: ServiceAnswer): Finding {
  if (answer.kind === 'silence') return judgeSilence(service, answer);
  const { status: code, ms, body } = answer;
  const answered = `${addressOf(service)} answered ${code}`;
  const expected = service.expect_status;
  const unexpected = expected === undefined ? code >= 400 : code !== expected;
  if (unexpected && code >= 500) return timedFinding(service, answered, ms, 'CRITICAL');
  if (unexpected) {
    const summary = expected === undefined ? answered : `${answered}, not ${expected},`;
    const finding = timedFinding(service, summary, ms, 'WARNING');
    return finding.status === 'CRITICAL'
      ? finding
      : { ...finding, remedy: 'correct the url of this service in mlops.yaml' };
  }
  if (body !== undefined && service.expect_body !== undefined && !bodyPattern(service.expect_body).test(body))
    return timedFinding(service, `${answered} without '${service.expect_body}' in its body,`, ms, 'CRITICAL');
  return timedFinding(service, answered, ms);
}

function judgeSilence(service: UrlService, { why, code }: ServiceAnswer & { kind: 'silence' }): Finding {
  const finding = silentFinding(service, `${addressOf(service)}: ${why}`);
  return isCertificateFault(code)
    ? {
        ...finding,
        remedy:
          'renew its certificate; where an authority of your own signed it, name that in NODE_EXTRA_CA_CERTS',
      }
    : finding;
}

/** Without user name, password and query, which may be secret. */
export function addressOf({ url }: Pick<UrlService, 'url'>): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}
