import { systemErrorCode } from '../platform/errors.ts';
import { figure } from '../report/figures.ts';
import type { ServiceConfiguration } from '../workspace/index.ts';
import type { Check, Finding } from './check.ts';

/** One service of mlops.yaml answers, soon enough. */
export function checkService(service: ServiceConfiguration): Check {
  return {
    name: `service:${service.name}`,
    contact: service.contact,
    needs: 'network',
    examine: async ({ signal }) => judgeAnswer(service, await ask(service, signal)),
  };
}

export type ServiceAnswer =
  | { readonly kind: 'answer'; readonly status: number; readonly ms: number }
  | { readonly kind: 'silence'; readonly why: string };

async function ask({ url, timeout_ms }: ServiceConfiguration, signal: AbortSignal): Promise<ServiceAnswer> {
  const started = performance.now();
  try {
    const response = await fetch(withoutCredentials(url), {
      headers: authorization(url),
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeout_ms)]),
    });
    const ms = performance.now() - started;
    await response.body?.cancel();
    return { kind: 'answer', status: response.status, ms };
  } catch (error) {
    if (error instanceof DOMException && error.name === 'TimeoutError')
      return {
        kind: 'silence',
        why: `no answer within ${figure(Math.round(performance.now() - started))} ms`,
      };
    const cause = error instanceof Error ? error.cause : undefined;
    const code = systemErrorCode(cause);
    const message = cause instanceof Error && cause.message !== '' ? cause.message : String(error);
    return { kind: 'silence', why: (code === undefined ? undefined : refusals[code]) ?? code ?? message };
  }
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

const refusals: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there (connection refused)',
  ECONNRESET: 'it broke the connection off',
  UND_ERR_SOCKET: 'it broke the connection off',
  ENOTFOUND: 'its host name is not known',
  EAI_AGAIN: 'its host name cannot be looked up now',
  EHOSTUNREACH: 'its host cannot be reached',
};

/**
 * No answer, a status from 500 and an answer slower than `critical_ms` are CRITICAL. A status from 400 is a WARNING: the
 * service is up, and it is the address or the permission that is wrong.
 */
export function judgeAnswer(service: ServiceConfiguration, answer: ServiceAnswer): Finding {
  const { warning_ms, critical_ms } = service;
  if (answer.kind === 'silence') {
    return {
      status: 'CRITICAL',
      summary: `${addressOf(service)}: ${answer.why}`,
      observed: null,
      threshold: critical_ms,
      unit: 'ms',
      remedy: repair(service),
    };
  }
  const { status: code, ms } = answer;
  const critical = code >= 500 || ms > critical_ms;
  const wrongAddress = code >= 400 && !critical;
  const status = critical ? 'CRITICAL' : wrongAddress || ms > warning_ms ? 'WARNING' : 'OK';
  return {
    status,
    summary: `${addressOf(service)} answered ${code} in ${figure(Math.round(ms))} ms`,
    observed: ms,
    threshold: ms > critical_ms ? critical_ms : warning_ms,
    unit: 'ms',
    remedy:
      status === 'OK'
        ? null
        : wrongAddress
          ? `correct the url of this service in mlops.yaml`
          : repair(service),
  };
}

/** Without user name, password and query, which may be secret. */
function addressOf({ url }: ServiceConfiguration): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}

function repair({ logs, restart }: ServiceConfiguration): string {
  const steps = [
    ...(logs === undefined ? [] : [`read its log: ${logs}`]),
    ...(restart === undefined ? [] : [`restart it: ${restart}`]),
  ];
  return steps.length === 0 ? 'read its log, then restart it' : steps.join('; then ');
}
