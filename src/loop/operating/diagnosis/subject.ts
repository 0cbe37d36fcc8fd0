import { readFileSync } from 'node:fs';
import type { Finding } from '../../../health/check.ts';
import { findProcess } from '../../../health/machine/find-process.ts';
import { isThisMachine, type PortHolder, portHolders } from '../../../health/machine/listeners.ts';
import { examineService } from '../../../health/services/check-service.ts';
import { hostAndPort } from '../../../health/services/check-tcp.ts';
import { askUrl, judgeAnswer, type ServiceAnswer } from '../../../health/services/check-url.ts';
import type { Clock } from '../../../platform/clock.ts';
import { descendants } from '../../../platform/processes.ts';
import type { ServiceConfiguration, Workspace } from '../../../workspace/index.ts';
import { logOrigins } from '../../logs/log-origin.ts';
import { readLogs } from '../../logs/read-logs.ts';
import { restartLogPath } from '../restart-log.ts';

export interface DiagnosisSubject {
  readonly workspace: Workspace;
  readonly service: ServiceConfiguration;
  readonly finding: Finding;
  /** Of a service with an address. */
  readonly answer: ServiceAnswer | undefined;
  /** Of a service with an address on this machine. */
  readonly port: Port | undefined;
  /** The last lines of its log and of its last restart, oldest first; none where it names no log. */
  readonly log: readonly string[];
  readonly now: number;
}

export interface Port {
  readonly number: number;
  readonly holders: readonly PortHolder[];
  /** Processes that should hold it, by `listener`; undefined where mlops.yaml does not say. */
  readonly expected: { readonly pids: readonly number[]; readonly why: string } | undefined;
}

/** Lines of a log that are looked at. */
const logLines = 200;
const defaultPorts: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/** Everything that the causes are judged by, looked at once. */
export async function examineSubject(
  workspace: Workspace,
  service: ServiceConfiguration,
  clock: Clock,
  signal: AbortSignal,
): Promise<DiagnosisSubject> {
  const answer = 'url' in service ? await askUrl(service, signal) : undefined;
  const finding =
    'url' in service && answer !== undefined
      ? judgeAnswer(service, answer)
      : await examineService(service, workspace.root, signal);
  signal.throwIfAborted();
  return {
    workspace,
    service,
    finding,
    answer,
    port: portOf(service, workspace.root),
    log: await logOf(workspace, service, clock, signal),
    now: clock.now(),
  };
}

export function portOf(service: ServiceConfiguration, root: string): Port | undefined {
  const address = addressOf(service);
  if (address === undefined || !isThisMachine(address.host)) return undefined;
  const listener = 'listener' in service ? service.listener : undefined;
  return {
    number: address.port,
    holders: portHolders(address.port),
    expected: listener === undefined ? undefined : expectedHolders(listener, root),
  };
}

function addressOf(service: ServiceConfiguration) {
  if ('tcp' in service) return hostAndPort(service.tcp);
  if (!('url' in service)) return undefined;
  const { hostname: host, port, protocol } = new URL(service.url);
  return { host, port: port === '' ? (defaultPorts[protocol] ?? 80) : Number(port) };
}

/** A server's workers hold the port for it. */
function expectedHolders(listener: string, root: string) {
  const found = findProcess(listener, root);
  if (found.kind === 'gone') return { pids: [], why: found.why };
  const pids = found.pids.flatMap((pid) => [pid, ...descendants(pid)]);
  return { pids, why: `${listener} is process ${found.pids.join(', ')}` };
}

async function logOf(
  workspace: Workspace,
  service: ServiceConfiguration,
  clock: Clock,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const restarted = lastLines(restartLogPath(workspace, service.name));
  if (!logOrigins(workspace).some((each) => each.name === service.name)) return restarted;
  const question = {
    service: service.name,
    since: undefined,
    level: undefined,
    grep: undefined,
    lines: logLines,
  };
  const { lines } = await readLogs(workspace, question, clock, signal);
  return [...lines.map((each) => each.text), ...restarted];
}

function lastLines(path: string): readonly string[] {
  try {
    return readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .slice(-logLines);
  } catch {
    return [];
  }
}
