import { join } from 'node:path';
import { type Clock, toIso } from '../platform/clock.ts';
import { MlopsError, messageWithCause } from '../platform/errors.ts';
import { appendLog, type LogLevel } from '../platform/log.ts';
import { durationMs, openWorkspace, type Workspace } from '../workspace/index.ts';
import { authorizer } from './access/authorizer.ts';
import { requireSafeAddress } from './access/require-safe-address.ts';
import { type Champion, followProduction } from './champion/champion.ts';
import { explainApart } from './explaining/explain-apart.ts';
import { listen } from './http/listen.ts';
import { requestHandler } from './http/request-handler.ts';
import { router } from './http/router.ts';
import { openMetrics } from './metrics/metrics.ts';
import { predictor } from './predicting/predictor.ts';
import { recorder } from './predicting/recorder.ts';
import { routes } from './routes/index.ts';
import type { Service } from './service.ts';
import { type StoreThread, startStoreThread } from './store-thread/link.ts';
import { storeWriter } from './store-writer.ts';

export interface ServeOptions {
  /** In place of the configuration's. */
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  /** Listen where others reach it though nobody needs a key. */
  readonly insecure: boolean;
}

export interface ServeHooks {
  readonly clock: Clock;
  /** Aborted when it is to stop. */
  readonly signal: AbortSignal;
  /** Remarks for who started it. */
  readonly say: (line: string) => void;
  /** Called once it listens, with what reads the configuration anew. */
  readonly started: (
    at: { readonly address: string; readonly version: number | null },
    reload: () => void,
  ) => void;
}

/**
 * Answers requests until `signal` is aborted, then lets the open ones finish. Returns when all that was answered is in the store.
 * @throws UsageError when others could reach it without a key; NoInputError, LockedError … when the store cannot be opened;
 *   UnavailableError when the port is taken
 */
export async function serve(folder: string, options: ServeOptions, hooks: ServeHooks): Promise<void> {
  const { clock, signal, say, started } = hooks;
  let workspace = openWorkspace(folder);
  const settings = () => workspace.config.serve;
  const host = options.host ?? settings().host;
  requireSafeAddress(host, settings().keys, options.insecure);
  const tell = (level: LogLevel, msg: string) => {
    appendLog(join(workspace.paths.logs, 'serve.log'), { time: toIso(clock.now()), level, msg });
    say(msg);
  };
  const metrics = openMetrics();
  const waitMs = durationMs(settings().store_wait);
  const reader = startStoreThread({ store: workspace.paths.store, waitMs, spill: null });
  const writer = storeWriter(workspace, metrics, tell);
  const keep = recorder({
    append: writer.append,
    bufferRows: () => settings().buffer_rows,
    lost: (rows, error) => {
      metrics.lost(rows);
      tell('error', `${rows} predictions were answered and could not be kept: ${textOf(error)}`);
    },
  });
  const tellOfFault = (fault: string | null) =>
    void raise(workspace, writer.thread, fault, hooks).catch((error: unknown) =>
      tell('error', `the alert could not be kept: ${textOf(error)}`),
    );
  const champion = await followProduction({
    workspace: () => workspace,
    reader,
    writer: writer.thread,
    clock,
    switched: ({ version }, before) => {
      if (before !== undefined) metrics.switched();
      const after = before === undefined ? '' : `, after version ${before.version.version}`;
      tell('info', `version ${version.version} answers${after}`);
    },
    refusing: (refusal) => {
      const fault =
        refusal && `version ${refusal.version} is in Production and cannot be served: ${refusal.why}`;
      if (fault !== undefined) tell('error', fault);
      tellOfFault(fault ?? null);
    },
  });
  if (champion.refused() === undefined) tellOfFault(null);
  let authorize = authorizer(settings().keys);
  let stopping = false;
  const service: Service = {
    get workspace() {
      return workspace;
    },
    get settings() {
      return settings();
    },
    authorize: (scope, request) => authorize(scope, request),
    metrics,
    champion,
    predictor: predictor({
      recorder: keep,
      durability: () => settings().durability,
      queueRows: () => settings().queue_rows,
      clock,
      scored: metrics.scored,
    }),
    recorder: keep,
    reader,
    writer: writer.thread,
    explain: explainApart(),
    clock,
    get spilled() {
      return writer.spilled();
    },
    startedAt: clock.now(),
    get stopping() {
      return stopping;
    },
  };
  const handle = requestHandler(service, router(routes), (error, path) =>
    tell('error', `${path}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
  );
  const server = await listen(handle, {
    host,
    port: options.port ?? settings().port,
    requestLimitMs: durationMs(settings().request_limit),
    malformed: (status) => metrics.request('none', 'none', status, 0),
  });
  const reload = async () => {
    const before = workspace;
    try {
      workspace = openWorkspace(folder);
      await champion.reload();
      authorize = authorizer(settings().keys);
      tell('info', 'the configuration was read again');
    } catch (error) {
      workspace = before;
      tell('error', `the configuration was not taken, the one before stays: ${textOf(error)}`);
    }
  };
  started({ address: server.address, version: versionOf(champion) }, () => void reload());
  await aborted(signal);
  stopping = true;
  champion.stop();
  await server.close(durationMs(settings().drain_limit));
  await keep.committed();
  await Promise.all([reader.close(), writer.close()]);
}

function versionOf(champion: Champion): number | null {
  return champion.current()?.version.version ?? null;
}

/** Opens or closes the alert about serving, and tells those whom it concerns. */
async function raise(
  workspace: Workspace,
  writer: StoreThread,
  fault: string | null,
  { clock, signal }: ServeHooks,
): Promise<void> {
  await writer.ask('judgeServing', workspace.config, fault, clock.now());
  if (workspace.config.alerts.channels.length === 0) return;
  const { deliverWorkspace } = await import('../loop/alerting/deliver-workspace.ts');

  await deliverWorkspace(workspace, { again: false }, clock, signal);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function textOf(error: unknown): string {
  return error instanceof MlopsError ? messageWithCause(error) : String(error);
}
