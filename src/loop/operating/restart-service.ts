import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Diagnosis } from '../../data/results/diagnosis.ts';
import type { RestartResult } from '../../data/results/restart.ts';
import { findProcess } from '../../health/machine/find-process.ts';
import { examineService } from '../../health/services/check-service.ts';
import { type Clock, durationSince } from '../../platform/clock.ts';
import { ConfigurationError, MlopsError } from '../../platform/errors.ts';
import { withoutSecrets } from '../../platform/redact.ts';
import { type CommandOutcome, runCommand } from '../../platform/run-command.ts';
import { openStore, recordEvent } from '../../store/index.ts';
import type { ServiceConfiguration, Workspace } from '../../workspace/index.ts';
import { requireService } from '../logs/log-origin.ts';
import { readFileEnd } from '../logs/read-file-end.ts';
import { diagnose } from './diagnose.ts';
import { portOf } from './diagnosis/subject.ts';
import { restartLogPath } from './restart-log.ts';

export interface RestartRequest {
  readonly name: string;
  readonly who: string;
  readonly reason: string;
  readonly dryRun: boolean;
}

/** Milliseconds between two looks at a service that comes up: short at first, then longer. */
const firstPause = 25;
const longestPause = 1000;
const shownLines = 10;

/** The service and its restart command. @throws NoInputError when there is no such service, ConfigurationError without a command */
export function restartable(
  workspace: Workspace,
  name: string,
): ServiceConfiguration & { readonly restart: string } {
  const service = requireService(workspace.config.services, name);
  if (service.restart !== undefined) return { ...service, restart: service.restart };
  throw new ConfigurationError(`the service ${service.name} has no restart command`, {
    why: `${workspace.configurationPath} names none`,
    remedy: `add restart to it, such as: restart: docker-compose restart ${service.name}`,
  });
}

/**
 * Runs the restart command of a service, then asks it until it is healthy or `restart_timeout_ms` is over; then says why it is not.
 * What the command prints, and the service that it leaves behind, goes to a file of the logs folder. The audit gets a row, where
 * there is a store.
 */
export async function restartService(
  workspace: Workspace,
  { name, who, reason, dryRun }: RestartRequest,
  clock: Clock,
  signal: AbortSignal,
): Promise<RestartResult> {
  const service = restartable(workspace, name);
  const before = processesOf(service, workspace.root);
  const common = {
    service: service.name,
    dry_run: dryRun,
    command: withoutSecrets(service.restart),
  };
  if (dryRun) {
    return {
      ...common,
      status: 'OK',
      exit_code: null,
      healthy: false,
      waited_ms: 0,
      checks: 0,
      processes: { before, after: before },
      summary: `would run: ${common.command}; then wait up to ${service.restart_timeout_ms} ms until it is healthy`,
      output: [],
      diagnosis: null,
      audited: false,
    };
  }
  const { outcome, output } = await runRestart(workspace, service, signal);
  const started = clock.elapsed();
  const worked = outcome.kind === 'exited' && outcome.code === 0;
  const { checks, diagnosis } = await waitUntilHealthy(
    workspace,
    service,
    { patience: worked ? service.restart_timeout_ms : 0, clock },
    signal,
  );
  const healthy = diagnosis.cause === 'healthy';
  const result = {
    ...common,
    status: healthy && worked ? ('OK' as const) : healthy ? ('WARNING' as const) : diagnosis.status,
    exit_code: outcome.kind === 'exited' ? outcome.code : null,
    healthy,
    waited_ms: durationSince(clock, started),
    checks,
    processes: { before, after: processesOf(service, workspace.root) },
    output: output.slice(-shownLines),
    diagnosis: healthy ? null : diagnosis,
  };
  const audited = audit(workspace, { who, reason, at: clock.now() }, result);
  return { ...result, summary: inWords(result, outcome, diagnosis), audited };
}

/** Its output goes to a file, which a service that it leaves behind can go on writing to. */
async function runRestart(
  workspace: Workspace,
  { name, restart, restart_timeout_ms }: ServiceConfiguration & { readonly restart: string },
  signal: AbortSignal,
): Promise<{ readonly outcome: CommandOutcome; readonly output: readonly string[] }> {
  const path = restartLogPath(workspace, name);
  const file = openForWriting(path);
  try {
    const outcome = await runCommand(restart, {
      cwd: workspace.root,
      limitMs: restart_timeout_ms,
      signal,
      output: file,
    });
    return { outcome, output: existsSync(path) ? readFileEnd(path, () => true).lines : [] };
  } finally {
    closeSync(file);
  }
}

/** A logs folder that cannot be written is no reason not to restart. */
function openForWriting(path: string): number {
  try {
    mkdirSync(dirname(path), { recursive: true });
    return openSync(path, 'w');
  } catch {
    return openSync(devNull, 'w');
  }
}

interface Patience {
  /** Milliseconds. */
  readonly patience: number;
  readonly clock: Clock;
}

async function waitUntilHealthy(
  workspace: Workspace,
  service: ServiceConfiguration,
  { patience, clock }: Patience,
  signal: AbortSignal,
): Promise<{ readonly checks: number; readonly diagnosis: Diagnosis }> {
  const started = clock.elapsed();
  for (let checks = 1, pause = firstPause; ; checks++, pause = Math.min(2 * pause, longestPause)) {
    const finding = await examineService(service, workspace.root, signal);
    const left = patience - (clock.elapsed() - started);
    if (finding.status === 'OK' || left <= 0)
      return { checks, diagnosis: await diagnose(workspace, service.name, clock, signal) };
    await setTimeout(Math.min(pause, left), undefined, { signal });
  }
}

function processesOf(service: ServiceConfiguration, root: string): number[] {
  if ('process' in service) {
    const found = findProcess(service.process, root);
    return found.kind === 'running' ? [...found.pids] : [];
  }
  return (portOf(service, root)?.holders ?? []).map((each) => each.pid).filter((pid) => pid !== null);
}

type Told = Omit<RestartResult, 'summary' | 'audited'>;

/** False where there is no store, or it cannot be written: the service counts more. */
function audit(
  workspace: Workspace,
  { who, reason, at }: { readonly who: string; readonly reason: string; readonly at: number },
  { service, command, exit_code, healthy, processes }: Told,
): boolean {
  try {
    using store = openStore(workspace.paths.store, { create: false, waitMs: 1000 });
    store.change(() =>
      recordEvent(store, {
        at,
        who,
        command: 'restart',
        reason,
        before: { service, processes: processes.before },
        after: { service, ran: command, exit_code, healthy, processes: processes.after },
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof MlopsError) return false;
    throw error;
  }
}

function inWords(
  { service, healthy, waited_ms, processes }: Told,
  outcome: CommandOutcome,
  diagnosis: Diagnosis,
): string {
  const same = processes.before.length > 0 && processes.before.every((pid) => processes.after.includes(pid));
  const which = same ? `, still process ${processes.before.join(', ')}` : '';
  if (healthy && outcome.kind === 'exited' && outcome.code === 0)
    return `${service} is healthy ${waited_ms} ms after its restart command ended${which}`;
  const how = {
    exited:
      outcome.kind === 'exited' && outcome.code !== 0 ? `failed with exit code ${outcome.code}` : 'was run',
    killed: `was killed by ${outcome.kind === 'killed' ? outcome.by : 'a signal'}: does a pkill in it match itself?`,
    timeout: 'did not end in time and was killed with what it had started: it must leave the service behind',
    'not-started': 'could not be started',
  }[outcome.kind];
  return healthy
    ? `${service} is healthy, but its restart command ${how}${which}`
    : `${service} is not healthy: its restart command ${how}; ${diagnosis.summary}`;
}
