import { connectionFailures } from '../../platform/connection-failures.ts';
import type { Verdict } from '../../platform/exit-codes.ts';
import { figure } from '../../report/figures.ts';
import type { ServiceConfiguration } from '../../workspace/index.ts';
import type { Finding } from '../check.ts';

/** What an operator does about a service that is not well: its own commands, as mlops.yaml names them. */
export function repair({ logs, restart }: Pick<ServiceConfiguration, 'logs' | 'restart'>): string {
  const steps = [
    ...(logs === undefined ? [] : [`read its log: ${logs}`]),
    ...(restart === undefined ? [] : [`restart it: ${restart}`]),
  ];
  return steps.length === 0 ? 'read its log, then restart it' : steps.join('; then ');
}

interface AnswerTimes {
  readonly warning_ms: number;
  readonly critical_ms: number;
}

/** The finding of an answer that came after `ms`, slow or soon enough. */
export function timedFinding(
  service: ServiceConfiguration & AnswerTimes,
  summary: string,
  ms: number,
  worse: Verdict = 'OK',
): Finding {
  const { warning_ms, critical_ms } = service;
  const slow = ms > critical_ms ? 'CRITICAL' : ms > warning_ms ? 'WARNING' : 'OK';
  const status = worse === 'CRITICAL' || slow === 'OK' ? worse : slow;
  return {
    status,
    summary: `${summary} in ${figure(Math.round(ms))} ms`,
    observed: ms,
    threshold: ms > critical_ms ? critical_ms : warning_ms,
    limits: timeLimits(service),
    unit: 'ms',
    remedy: status === 'OK' ? null : repair(service),
  };
}

/** The finding of a service that did not answer at all. */
export function silentFinding(service: ServiceConfiguration & AnswerTimes, summary: string): Finding {
  return {
    status: 'CRITICAL',
    summary,
    observed: null,
    threshold: service.critical_ms,
    limits: timeLimits(service),
    unit: 'ms',
    remedy: repair(service),
  };
}

function timeLimits({ warning_ms, critical_ms }: AnswerTimes) {
  return { alarms: 'above', warning: warning_ms, critical: critical_ms } as const;
}

const refusals: Readonly<Record<string, string>> = {
  ...connectionFailures,
  ENETUNREACH: 'its network cannot be reached',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed and not trusted here',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by an authority that is not trusted here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is signed by an authority that is not trusted here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is signed by an authority that is not trusted here',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
};

/** A connection's failure in words; the code itself where it says nothing more. */
export function refusalInWords(code: string | undefined): string | undefined {
  if (code === undefined) return undefined;
  if (code.startsWith('HPE_')) return 'it does not speak HTTP';
  return refusals[code] ?? (code.startsWith('ERR_SSL') ? 'it does not speak TLS' : code);
}

export function isCertificateFault(code: string | undefined): boolean {
  return code !== undefined && (/CERT/.test(code) || code === 'UNABLE_TO_VERIFY_LEAF_SIGNATURE');
}
