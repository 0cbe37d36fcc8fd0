import { join } from 'node:path';
import { type Clock, toIso } from '../platform/clock.ts';
import { MlopsError, messageWithCause } from '../platform/errors.ts';
import { appendLog, type LogLevel } from '../platform/log.ts';
import { durationMs, openWorkspace, type Workspace } from '../workspace/index.ts';
import { followProduction } from './champion/champion.ts';
import { listen } from './http/listen.ts';
import { requestHandler } from './http/request-handler.ts';
import { router } from './http/router.ts';
import { predictor } from './predicting/predictor.ts';
import { recorder } from './predicting/recorder.ts';
import { routes } from './routes/index.ts';
import type { Service } from './service.ts';
import { startStoreThread } from './store-thread/link.ts';

export interface ServeOptions {
  /** In place of the configuration's. */
  readonly host?: string | undefined;
  readonly port?: number | undefined;
}

export interface ServeHooks {
  readonly clock: Clock;
  /** Aborted when it is to stop. */
  readonly signal: AbortSignal;
  /** Remarks for who started it. */
  readonly say: (line: string) => void;
  /** Called once it listens. */
  readonly started: (address: string, version: number | null) => void;
}

/**
 * Answers requests until `signal` is aborted, then lets the open ones finish. Returns when all that was answered is in the store.
 * @throws NoInputError, LockedError … when the store cannot be opened, UnavailableError when the port is taken
 */
export async function serve(folder: string, options: ServeOptions, hooks: ServeHooks): Promise<void> {
  const { clock, signal, say, started } = hooks;
  const workspace: Workspace = openWorkspace(folder);
  const settings = workspace.config.serve;
  const tell = (level: LogLevel, msg: string) => {
    appendLog(join(workspace.paths.logs, 'serve.log'), { time: toIso(clock.now()), level, msg });
    say(msg);
  };
  const task = { store: workspace.paths.store, waitMs: durationMs(settings.store_wait) };
  const reader = startStoreThread(task);
  const writer = startStoreThread(task);
  const keep = recorder({
    append: (batches) => writer.ask('append', batches),
    bufferRows: settings.buffer_rows,
    lost: (rows, error) =>
      tell('error', `${rows} predictions were answered and could not be kept: ${textOf(error)}`),
  });
  const champion = await followProduction({
    workspace: () => workspace,
    reader,
    writer,
    clock,
    switched: ({ version }, before) =>
      tell(
        'info',
        `version ${version.version} answers${before === undefined ? '' : `, after version ${before.version.version}`}`,
      ),
    refusing: ({ version, why }) =>
      tell('error', `version ${version} is in Production and cannot be served: ${why}`),
  });
  const state = { stopping: false };
  const service: Service = {
    workspace,
    settings,
    champion,
    predictor: predictor({
      recorder: keep,
      durability: () => settings.durability,
      queueRows: () => settings.queue_rows,
      clock,
      scored: () => undefined,
    }),
    recorder: keep,
    reader,
    writer,
    clock,
    startedAt: clock.now(),
    get stopping() {
      return state.stopping;
    },
  };
  const handle = requestHandler({
    service,
    route: router(routes),
    clock,
    authorize: () => undefined,
    limitMs: () => durationMs(settings.request_limit),
    defect: (error, path) =>
      tell('error', `${path}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
  });
  const server = await listen(handle, {
    host: options.host ?? settings.host,
    port: options.port ?? settings.port,
    requestLimitMs: durationMs(settings.request_limit),
    malformed: () => undefined,
  });
  started(server.address, champion.current()?.version.version ?? null);
  await aborted(signal);
  state.stopping = true;
  champion.stop();
  await server.close(durationMs(settings.drain_limit));
  await keep.drain();
  await Promise.all([reader.close(), writer.close()]);
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
