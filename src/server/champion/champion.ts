import type { Clock } from '../../platform/clock.ts';
import { MlopsError, messageWithCause } from '../../platform/errors.ts';
import type { ModelVersion } from '../../registry/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { Problem } from '../http/problem.ts';
import type { StoreThread } from '../store-thread/link.ts';
import { type LiveModel, loadModel } from './live-model.ts';

/** The version in Production, followed: a promote or a rollback by any process takes effect here without a restart. */
export interface Champion {
  /** @throws Problem 503 while no version is in Production */
  require(): LiveModel;
  current(): LiveModel | undefined;
  /** Why the version in Production is not the one that answers; undefined where it is. */
  refused(): Refusal | undefined;
  /** Loads the version anew, for a schema or settings that changed. @throws where it cannot be; then all stays as it was */
  reload(): Promise<void>;
  stop(): void;
}

export interface Refusal {
  readonly version: number;
  readonly why: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

export interface ChampionSettings {
  /** As it is configured now. */
  readonly workspace: () => Workspace;
  readonly reader: StoreThread;
  readonly writer: StoreThread;
  readonly clock: Clock;
  readonly switched: (model: LiveModel, before: LiveModel | undefined) => void;
  /** Told when a version in Production cannot be served, and with undefined when that is over. */
  readonly refusing: (refusal: Refusal | undefined) => void;
}

/** A change takes effect within a second. */
const lookEveryMs = 250;
/** What could not be loaded may be mended, such as an artifact that is restored. */
const tryAgainMs = 10_000;

/** Starts to follow Production; resolves after the first look. */
export async function followProduction(settings: ChampionSettings): Promise<Champion> {
  const { workspace, reader, writer, clock, switched, refusing } = settings;
  let model: LiveModel | undefined;
  let refusal: Refusal | undefined;
  let looking: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;

  async function change(version: ModelVersion): Promise<void> {
    const next = await loadModel(workspace(), version);
    await writer.ask('prepare', next.features);
    const before = model;
    model = next;
    before?.retire();
    switched(next, before);
  }

  function refuse(now: Refusal | undefined): void {
    const isNews = refusal?.version !== now?.version;
    refusal = now;
    if (isNews) refusing(now);
  }

  async function follow(): Promise<void> {
    const number = await reader.ask('productionNumber');
    if (number === null || number === model?.version.version) return refuse(undefined);
    if (refusal?.version === number && clock.now() - refusal.at < tryAgainMs) return;
    const version = await reader.ask('production');
    if (version === undefined) return;
    try {
      await change(version);
      refuse(undefined);
    } catch (error) {
      refuse({ version: number, why: errorText(error), at: clock.now() });
    }
  }

  const look = () => {
    looking ??= follow()
      // A store that cannot be read now is no reason to stop answering.
      .catch(() => undefined)
      .finally(() => {
        looking = undefined;
      });
    return looking;
  };
  const again = () => {
    timer = setTimeout(() => void look().then(again), lookEveryMs);
  };
  await follow();
  again();
  return {
    require: () => {
      if (model !== undefined) return model;
      throw new Problem(503, {
        detail: refusal?.why ?? 'no version is in Production: mlops promote VERSION',
        retryAfter: 1,
      });
    },
    current: () => model,
    refused: () => refusal,
    reload: async () => {
      await looking;
      if (model !== undefined) await change(model.version);
    },
    stop: () => clearTimeout(timer),
  };
}

function errorText(error: unknown): string {
  if (error instanceof MlopsError) return messageWithCause(error);
  return error instanceof Error ? error.message : String(error);
}
